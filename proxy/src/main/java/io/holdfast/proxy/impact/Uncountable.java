package io.holdfast.proxy.impact;

/** Rows cannot be counted. */
final class Uncountable extends Exception {
    private static final long serialVersionUID = 1;

    /** @param why for people, lower case; quotes nothing but names */
    Uncountable(String why) {
        super(why);
    }

    /** For people. */
    String why() {
        return String.valueOf(getMessage());
    }
}
