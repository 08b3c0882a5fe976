package io.holdfast.proxy.targets;

/** Something looks like the address of a database and cannot be read; the message says what, without any secret. */
final class TargetProblem extends Exception {
    private static final long serialVersionUID = 1L;

    TargetProblem(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
