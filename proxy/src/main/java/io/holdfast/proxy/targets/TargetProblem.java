package io.holdfast.proxy.targets;

/** Something looks like the address of a database and cannot be read; the message says what, without any secret. */
final class TargetProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean leadsNowhere;

    TargetProblem(String message) {
        this(message, false);
    }

    /** @param leadsNowhere whether whoever reads it as it is connects to nothing either */
    TargetProblem(String message, boolean leadsNowhere) {
        super(message);
        this.leadsNowhere = leadsNowhere;
    }

    boolean leadsNowhere() {
        return leadsNowhere;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
