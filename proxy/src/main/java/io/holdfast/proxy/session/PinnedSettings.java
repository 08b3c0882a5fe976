package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings on which reading statements depends. A value under which the lexer would see other tokens than the server is
 * refused in every form (BYPASS L-20 to L-23).
 */
public final class PinnedSettings {
    /** Encodings in which a byte below 0x80 is always the ASCII character. */
    private static final Set<String> ASCII_SAFE = Set.of(
            "utf8",
            "unicode",
            "sqlascii",
            "latin1",
            "latin2",
            "latin3",
            "latin4",
            "latin5",
            "latin6",
            "latin7",
            "latin8",
            "latin9",
            "latin10",
            "iso88591",
            "iso88592",
            "iso88593",
            "iso88594",
            "iso88595",
            "iso88596",
            "iso88597",
            "iso88598",
            "iso88599",
            "iso885910",
            "iso885913",
            "iso885914",
            "iso885915",
            "iso885916",
            "win1250",
            "win1251",
            "win",
            "win1252",
            "win1253",
            "win1254",
            "win1255",
            "win1256",
            "win1257",
            "win1258",
            "windows1250",
            "windows1251",
            "windows1252",
            "windows1253",
            "windows1254",
            "windows1255",
            "windows1256",
            "windows1257",
            "windows1258",
            "koi8",
            "koi8r",
            "koi8u",
            "abc",
            "tcvn",
            "tcvn5712",
            "vscii",
            "alt",
            "win866",
            "windows866",
            "win874",
            "windows874",
            "eucjp",
            "euccn",
            "euckr",
            "euctw",
            "eucjis2004");

    private PinnedSettings() {}

    /**
     * Why this value must not be set.
     *
     * @param name lower case
     * @param value null: the default
     * @return null if it may be set
     */
    public static @Nullable String objection(String name, @Nullable String value) {
        return switch (name) {
            case "client_encoding" ->
                value == null || ASCII_SAFE.contains(plain(value))
                        ? null
                        : "client_encoding " + value + " hides ASCII characters inside others";
            case "standard_conforming_strings" ->
                value == null || Set.of("on", "true", "yes", "1").contains(plain(value))
                        ? null
                        : "standard_conforming_strings must stay on";
            case "session_replication_role" ->
                value == null || plain(value).equals("origin")
                        ? null
                        : "session_replication_role switches triggers off";
            default -> null;
        };
    }

    /** Why one of these must not run; null: none changes such a setting to such a value. */
    static @Nullable String objection(List<StatementFacts> statements) {
        for (StatementFacts statement : statements) {
            if (statement.effect() instanceof SessionEffect.Setting set) {
                String why = objection(set.name(), set.value());
                if (why != null) {
                    return "afterwards, " + why;
                }
            }
        }
        return null;
    }

    /** PostgreSQL compares encoding names by letters and digits only. */
    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
