package io.holdfast.protocol.startup;

import io.holdfast.protocol.frame.ProtocolViolation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The command line in a StartupMessage's {@code options}, as {@code pg_split_opts} and {@code process_postgres_switches}
 * of PostgreSQL read it. Only settings are understood: {@code -c x=y}, {@code -cx=y} and {@code --x-y=z}, with a backslash
 * before a blank or a backslash that belongs to a word.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-short.html">Short Options</a>
 */
public final class StartupOptions {
    private static final String SET = "-c";
    private static final String LONG = "--";

    private StartupOptions() {}

    /**
     * One setting.
     *
     * @param name in lower case and with underscores, as the server compares it
     * @param value after the first equals sign; may be empty
     */
    public record Setting(String name, String value) {}

    /**
     * Reads all settings in order; of two with one name a server lets the later one win.
     *
     * @throws ProtocolViolation if anything is in it that is not a setting
     */
    public static List<Setting> parse(String options) {
        List<Setting> settings = new ArrayList<>();
        for (Iterator<String> words = split(options).iterator(); words.hasNext(); ) {
            settings.add(setting(words.next(), words));
        }
        return List.copyOf(settings);
    }

    private static Setting setting(String word, Iterator<String> following) {
        if (word.equals(SET) && following.hasNext()) {
            return assignment(following.next());
        }
        if (word.startsWith(SET) || word.startsWith(LONG)) {
            return assignment(word.substring(SET.length()));
        }
        throw invalid();
    }

    private static Setting assignment(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw invalid();
        }
        String name = text.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
        return new Setting(name, text.substring(equals + 1));
    }

    /** Words between blanks. A backslash takes the next character as it is; one at the very end is dropped. */
    private static List<String> split(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean escaped = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (!escaped && isBlank(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
                continue;
            }
            inWord = true;
            escaped = !escaped && c == '\\';
            if (!escaped) {
                word.append(c);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** C's isspace. */
    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static ProtocolViolation invalid() {
        return new ProtocolViolation("invalid command-line argument in startup options");
    }
}
