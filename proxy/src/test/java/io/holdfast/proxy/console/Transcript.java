package io.holdfast.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody types, and what the console answers, as psql's unaligned format shows it. */
final class Transcript {
    private final Console console;
    private final String user;
    private final @Nullable Person who;

    Transcript(Console console, String user, @Nullable Person who) {
        this.console = console;
        this.user = user;
        this.who = who;
    }

    /** Lines that begin with {@code > } are sent; the others are the answer, all of it. */
    void plays(String script) {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (String line : script.lines().toList()) {
            expected.add(line);
            if (line.startsWith("> ")) {
                actual.add(line);
                actual.addAll(answer(line.substring(2)).lines().toList());
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    String answer(String sql) {
        return switch (console.execute(sql, who, user, "10.1.2.3")) {
            case ConsoleResult.Rows(var columns, var rows, var tag) -> {
                StringBuilder out = new StringBuilder(String.join("|", columns)).append('\n');
                for (List<@Nullable String> row : rows) {
                    assertThat(row).hasSameSizeAs(columns);
                    out.append(row.stream()
                                    .map(value -> Objects.requireNonNullElse(value, "(null)"))
                                    .collect(Collectors.joining("|")))
                            .append('\n');
                }
                yield out.append(tag).toString();
            }
            case ConsoleResult.Done(var tag) -> tag;
            case ConsoleResult.Failed(var error) ->
                error.severity() + ": " + error.sqlstate() + ": " + error.message()
                        + (error.detail() == null ? "" : "\nDETAIL: " + error.detail())
                        + (error.hint() == null ? "" : "\nHINT: " + error.hint());
        };
    }
}
