package io.holdfast.proxy.cli;

import java.io.IOException;
import java.io.InputStream;

/** Reads SQL in one format and says what would become of it. */
sealed interface Checker permits ScriptChecker, JsonLinesChecker {
    /**
     * Checks all of it.
     *
     * @param name of the input, for people
     */
    void check(String name, InputStream in) throws IOException;
}
