package io.holdfast.config.load;

/** Line and column, from 1. */
record Position(int line, int column) {
    /** The file as a whole. */
    static final Position NONE = new Position(0, 0);
}
