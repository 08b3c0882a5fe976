package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;

/** What a Describe or Close names. */
public enum TargetKind {
    STATEMENT('S'),
    PORTAL('P');

    private final byte code;

    TargetKind(char code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    static TargetKind of(byte code) {
        return switch (code) {
            case 'S' -> STATEMENT;
            case 'P' -> PORTAL;
            default -> throw new ProtocolViolation("invalid message subtype " + (code & 0xff));
        };
    }
}
