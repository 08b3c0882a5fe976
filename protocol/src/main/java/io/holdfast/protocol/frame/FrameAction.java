package io.holdfast.protocol.frame;

/** What becomes of one frame; decided once, from its header. */
public enum FrameAction {
    /** Leaves untouched, together with its forwarded neighbours. */
    FORWARD,
    /**
     * As {@link #FORWARD}, and so do frames of the same type right behind it, of which the sink is not asked: the rows of a
     * result, the lines of a COPY. It is asked again after any other frame, and by the next {@link FramePump#pump}.
     */
    STREAM,
    /** Is handed over in parts, tag and length bytes included. */
    COLLECT,
    /** Is skipped, and nobody sees it. */
    DROP,
    /** Stays in the input buffer, header and all; the same question is asked again by the next {@link FramePump#pump}. */
    WAIT
}
