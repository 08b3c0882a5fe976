package io.holdfast.protocol.frame;

import io.netty.buffer.ByteBuf;

/** Decides over frames and takes what is left of them. Must not call the pump that is calling it. */
public interface FrameSink {
    /**
     * Decides from the header alone. Every earlier collected frame has been delivered by now; a run of earlier forwarded
     * frames may still be on its way.
     *
     * @param bodyLength bytes of the body, without tag and length field; at least 0
     */
    FrameAction onHeader(byte tag, int bodyLength);

    /**
     * Takes one or more neighbouring forwarded frames, or parts of them.
     *
     * @param run a retained slice; the receiver releases it
     */
    void forward(ByteBuf run);

    /**
     * Takes a part of a collected frame. The first part holds at least the tag and the length field.
     *
     * @param part valid during the call only; the receiver retains or copies what it keeps
     * @param last whether this part ends the frame
     */
    void collect(ByteBuf part, boolean last);
}
