package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.StatementClass;

/**
 * What running something can do, as far as that is known.
 *
 * @param statementClass that a statement has at least, if it runs this
 * @param opaque nobody vouches for it: it may do more
 * @param words for people, behind a name and "which"
 */
record Code(StatementClass statementClass, boolean opaque, String words) {
    /** Only reads. */
    static final Code HARMLESS = new Code(StatementClass.READ, false, "only reads");

    /** As {@link #HARMLESS}, says whoever made it. */
    static final Code SAID_TO_READ = new Code(StatementClass.READ, true, "is said to read only");

    /** May do anything that an ordinary write does, or more. */
    static final Code OPAQUE = new Code(StatementClass.WRITE, true, "may write");

    /** Both. */
    Code and(Code other) {
        Code higher = other.statementClass.compareTo(statementClass) > 0 ? other : this;
        return higher.opaque == (opaque || other.opaque) ? higher : new Code(higher.statementClass, true, higher.words);
    }

    boolean isHarmless() {
        return statementClass == StatementClass.READ && !opaque;
    }
}
