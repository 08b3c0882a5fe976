package io.holdfast.postgres;

import java.io.IOException;
import java.util.List;

/** Turns what the system or PostgreSQL's log says into one line for people. */
final class Problems {
    private static final String DISK_FULL = "No space left on device";

    private Problems() {}

    static String explain(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(DISK_FULL) ? "the disk is full: " + message : message;
    }

    /**
     * Explains why a program ended.
     *
     * @param output what it wrote, log lines included
     * @param port it was told to listen on
     */
    static String explain(String output, int port) {
        if (output.contains(DISK_FULL)) {
            return "the disk is full";
        }
        if (output.contains("could not bind")) {
            return "port " + port + " on 127.0.0.1 is taken";
        }
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.reversed().stream()
                .filter(line -> line.contains("FATAL") || line.contains("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }
}
