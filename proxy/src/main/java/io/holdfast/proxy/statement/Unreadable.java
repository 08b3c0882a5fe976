package io.holdfast.proxy.statement;

/** The text, or a part of it, is not understood with certainty. Never leaves the package: it becomes unparsed facts. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: clients decide how often it is thrown. */
    Unreadable(String reason) {
        super(reason, null, false, false);
    }
}
