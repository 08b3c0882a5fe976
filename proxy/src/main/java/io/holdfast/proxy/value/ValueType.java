package io.holdfast.proxy.value;

/** A type, as far as its binary format goes. */
sealed interface ValueType {
    /** As SQL has it; of a user's type as the server prints it. */
    String name();

    /** Reads a value wholly. */
    interface Decoder {
        /**
         * The value for people.
         *
         * @throws Undecodable if the bytes are none
         */
        String text(Bytes in);
    }

    /** Is made of no other types; a user's enum, too, which is its label. */
    record Plain(String name, Decoder decoder) implements ValueType {}

    /**
     * A list, of any dimension.
     *
     * @param element type of the elements, by OID
     * @param delimiter between two of them
     */
    record Array(String name, int element, char delimiter) implements ValueType {}

    /**
     * From one bound to another.
     *
     * @param bound type of its bounds, by OID
     */
    record Range(String name, int bound) implements ValueType {}

    /**
     * Several ranges.
     *
     * @param range type of its parts, by OID
     */
    record Multirange(String name, int range) implements ValueType {}

    /** Goes over the wire as what it is made of. */
    record Domain(String name, int base) implements ValueType {}

    /** A row; each of its fields says its own type. */
    record Composite(String name) implements ValueType {}

    /** Its binary format is known to whoever has made it. */
    record Unreadable(String name) implements ValueType {}
}
