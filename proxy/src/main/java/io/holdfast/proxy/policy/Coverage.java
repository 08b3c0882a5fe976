package io.holdfast.proxy.policy;

/** How far the conditions of a rule speak of a statement. */
enum Coverage {
    /** Not at all. */
    NONE,
    /** Of a part of it, or perhaps: some relation is named, but not all; or the text does not say which schema. */
    PARTIAL,
    /** Of the whole statement, for certain. */
    FULL;

    /** What both conditions together cover. */
    Coverage and(Coverage other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
