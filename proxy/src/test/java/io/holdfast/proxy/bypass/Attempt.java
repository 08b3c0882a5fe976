package io.holdfast.proxy.bypass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One line of {@code bypass.txt}.
 *
 * @param id of the catalogue of ways around, such as {@code L-01}
 * @param messages each sent as a Query of its own; the last one is judged
 */
record Attempt(String id, Outcome outcome, List<String> messages) {
    static List<Attempt> all() {
        return resource("bypass.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Attempt::parse)
                .toList();
    }

    private static Attempt parse(String line) {
        String[] fields = line.split(" +\\| ", 3);
        List<String> messages =
                List.of(fields[2].split(" ⏎ ", -1)).stream().map(Attempt::bytes).toList();
        return new Attempt(fields[0], Outcome.valueOf(fields[1].strip()), messages);
    }

    /** Characters that nobody sees in a file are written as their pictures. */
    private static String bytes(String written) {
        return written.replace('␍', '\r')
                .replace('␊', '\n')
                .replace('␋', '\u000b')
                .replace('␌', '\f')
                .replace('␠', '\u00a0')
                .replace('␛', '\ufeff');
    }

    static String resource(String name) {
        try (InputStream in = Attempt.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id + ' ' + outcome + ": " + String.join(" ⏎ ", messages).replaceAll("\\p{Cntrl}", " ");
    }
}
