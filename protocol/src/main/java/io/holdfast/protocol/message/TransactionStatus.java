package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** What a ReadyForQuery says about the transaction. */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    /** Everything but ROLLBACK fails until the block ends. */
    FAILED('E');

    private final byte code;

    TransactionStatus(char code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /**
     * The status with this letter.
     *
     * @throws ProtocolViolation if there is none
     */
    public static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> throw new ProtocolViolation("transaction status: " + (code & 0xff));
        };
    }

    /**
     * Reads the body of a ReadyForQuery.
     *
     * @throws ProtocolViolation if it is anything but one known byte
     */
    public static TransactionStatus read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        byte code = in.int8();
        in.end();
        return of(code);
    }
}
