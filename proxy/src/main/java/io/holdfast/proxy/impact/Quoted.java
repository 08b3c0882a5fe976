package io.holdfast.proxy.impact;

/** Names as SQL takes them, whatever is in them. Pure. */
final class Quoted {
    private Quoted() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
