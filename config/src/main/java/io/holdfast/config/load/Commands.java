package io.holdfast.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The commands a rule can name: PostgreSQL's command tags and their first words. Known ones only, since a rule that refuses
 * {@code TRUNCTE} would protect nothing.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/tcop/cmdtaglist.h">cmdtaglist.h</a>
 */
final class Commands {
    private static final Set<String> KNOWN = known();

    /** A command in any case; the value is in upper case, as facts have it. */
    static final Kind<String> COMMAND = new Kind<>(
            "a PostgreSQL command such as DELETE or DROP TABLE",
            text -> Optional.of(text.toUpperCase(Locale.ROOT)).filter(KNOWN::contains));

    private Commands() {}

    private static Set<String> known() {
        Set<String> known = new TreeSet<>();
        try (InputStream in =
                Objects.requireNonNull(Commands.class.getResourceAsStream("commands.txt"), "commands.txt")) {
            for (String tag : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList()) {
                known.add(tag);
                known.add(tag.substring(0, (tag + ' ').indexOf(' ')));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(known);
    }
}
