package io.holdfast.protocol.frame;

/** What becomes of one frame; decided once, from its header. */
public enum FrameAction {
    /** Leaves untouched, together with its forwarded neighbours. */
    FORWARD,
    /** Is handed over in parts, tag and length bytes included. */
    COLLECT,
    /** Is skipped, and nobody sees it. */
    DROP,
    /** Stays in the input buffer, header and all; the same question is asked again by the next {@link FramePump#pump}. */
    WAIT
}
