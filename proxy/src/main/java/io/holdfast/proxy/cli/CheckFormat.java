package io.holdfast.proxy.cli;

import java.util.Locale;

/** What {@code check} reads and writes. */
enum CheckFormat {
    TEXT(".sql"),
    JSONL(".jsonl");

    private final String suffix;

    CheckFormat(String suffix) {
        this.suffix = suffix;
    }

    /** Of the files that are looked for in folders. */
    String suffix() {
        return suffix;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
