package io.holdfast.proxy.value;

/** A value is not what its type says, or nobody here knows how to read it. */
public final class Undecodable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param why for people, lower case */
    public Undecodable(String why) {
        super(why, null, false, false);
    }

    /** For people, lower case. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
