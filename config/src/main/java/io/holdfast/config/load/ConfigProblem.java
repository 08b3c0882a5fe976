package io.holdfast.config.load;

/**
 * Something in the configuration that cannot be used. Never holds a secret: neither the value of a password nor what an
 * environment variable expands to.
 *
 * @param source name of the file
 * @param line from 1; 0: the file as a whole
 * @param column from 1; 0: the file as a whole
 * @param path of the value, as {@code protect.rules[2].then}, list elements counted from 0; empty: the file as a whole
 * @param found what is there
 * @param expected what could be there instead
 */
public record ConfigProblem(String source, int line, int column, String path, String found, String expected) {
    /** One line for people and editors: {@code holdfast.yaml:3:16: upstream.environment: 'prod' (expected: ...)}. */
    @Override
    public String toString() {
        return source + (line == 0 ? "" : ":" + line + ':' + column) + ": " + (path.isEmpty() ? "" : path + ": ")
                + found + " (expected: " + expected + ')';
    }
}
