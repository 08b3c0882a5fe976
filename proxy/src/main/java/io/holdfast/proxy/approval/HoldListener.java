package io.holdfast.proxy.approval;

/** The session that waits. */
@FunctionalInterface
public interface HoldListener {
    /**
     * A vote came or the state changed. Called in order and without a lock, on the thread of whoever caused it: hand over to the
     * session's own. Not called any more once the session has claimed, withdrawn or detached, except for what was under way.
     */
    void changed(HoldView view);
}
