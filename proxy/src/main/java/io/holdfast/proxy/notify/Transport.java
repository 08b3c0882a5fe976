package io.holdfast.proxy.notify;

/** Makes requests. */
@FunctionalInterface
public interface Transport {
    /** One attempt, bounded in time; blocks. What goes wrong is an answer, too. */
    Answer send(Post post) throws InterruptedException;
}
