package io.holdfast.proxy.value;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients' encodings are called here.
 *
 * @see <a href="https://www.postgresql.org/docs/current/multibyte.html#MULTIBYTE-CHARSET-SUPPORTED">Supported Character Sets</a>
 */
public final class Encodings {
    private static final Pattern WINDOWS = Pattern.compile("WIN(\\d+)");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("UNICODE", "UTF-8"),
            // The server takes any bytes for text, and whoever wrote them most likely meant this.
            Map.entry("SQLASCII", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("ISO88595", "ISO-8859-5"),
            Map.entry("ISO88596", "ISO-8859-6"),
            Map.entry("ISO88597", "ISO-8859-7"),
            Map.entry("ISO88598", "ISO-8859-8"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("EUCJP", "EUC-JP"),
            Map.entry("EUCKR", "EUC-KR"),
            Map.entry("EUCCN", "GB2312"));

    private Encodings() {}

    /** The encoding; of one that nobody here knows, what all that pass have in common: ASCII. */
    public static Charset charset(String clientEncoding) {
        String bare = clientEncoding.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        Matcher windows = WINDOWS.matcher(bare);
        String name = NAMES.getOrDefault(bare, windows.matches() ? "windows-" + windows.group(1) : "US-ASCII");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }
}
