package io.holdfast.proxy.session;

import io.netty.buffer.ByteBufAllocator;

/** Tells a session's client what it did not ask for. */
final class Notices {
    private final SessionHost host;
    private final ByteBufAllocator allocator;

    Notices(SessionHost host, ByteBufAllocator allocator) {
        this.host = host;
        this.allocator = allocator;
    }

    /** Tells a client that waits; false if it cannot be told now. */
    boolean tell(String message, String hint) {
        if (!host.settled()) {
            return false;
        }
        host.answer(Answers.notice(allocator, message, hint));
        host.proceed();
        return true;
    }

    /** Tells the client as soon as that can be between two frames. */
    void interject(String message, String hint) {
        host.interject(Answers.notice(allocator, message, hint));
    }
}
