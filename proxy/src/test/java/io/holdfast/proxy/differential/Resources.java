package io.holdfast.proxy.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scripts and what lies beside them. */
final class Resources {
    private static final List<String> THEMES = List.of(
            "startup",
            "simple-query",
            "extended-query",
            "pipelines",
            "portals",
            "copy",
            "transactions",
            "prepared-sql",
            "settings",
            "notify-cancel",
            "malformed",
            "limits");

    private Resources() {}

    /** All scripts of all themes. */
    static List<Script> scripts() {
        return THEMES.stream()
                .flatMap(theme -> ScriptReader.read(theme, text(theme + ".wire")).stream())
                .toList();
    }

    /** Why Holdfast differs, by the key that scripts name. */
    static Map<String, String> differences() {
        var reasons = new TreeMap<String, String>();
        text("differences.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": ", 2))
                .forEach(parts -> reasons.put(parts[0], parts[1]));
        return reasons;
    }

    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
