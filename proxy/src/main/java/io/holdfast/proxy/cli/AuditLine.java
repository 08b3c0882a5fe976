package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.audit.AuditRecord;
import io.holdfast.proxy.console.Visible;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An entry of the audit as one line for people, in which nothing can pose as something else. Pure. */
public final class AuditLine {
    private static final int SHOWN = 300;
    private static final double MICROS_PER_MILLI = 1_000;

    private final StringBuilder line = new StringBuilder(160);
    private final AuditRecord entry;

    private AuditLine(AuditRecord entry) {
        this.entry = entry;
    }

    /** Number, time, what happened, the hold, then what there is to say: a long text is cut, which is said. */
    public static String of(AuditRecord entry) {
        AuditLine line = new AuditLine(entry);
        line.head();
        line.body();
        return line.line.toString().stripTrailing();
    }

    private void head() {
        line.append("%6d  %s  %-11s %-7s"
                .formatted(
                        entry.seq(),
                        time(entry.time()),
                        Visible.name(entry.kind()),
                        entry.field("hold").map(Visible::name).orElse("")));
    }

    private void body() {
        switch (entry.kind()) {
            case "vote", "glass_broken" -> vote(entry.json().path("votes"));
            case "outcome" -> outcome(entry.json().path("outcome"));
            case "ci_refused" -> who();
            default -> {
                entry.field("channel").ifPresent(this::came);
                entry.field("text").ifPresent(text -> {
                    who();
                    line.append(": ").append(cut(text));
                    values(entry.json().path("values"));
                    entry.field("rule")
                            .ifPresent(rule ->
                                    line.append(" [").append(Visible.name(rule)).append(']'));
                });
            }
        }
        if (entry.kind().equals("released")) {
            brokenBy(entry.json().path("votes"));
        }
        JsonNode undo = entry.json().path("restore_point").path("undo");
        if (undo.isTextual()) {
            line.append("  to undo: ").append(Visible.name(undo.asText()));
        }
        entry.field("note").ifPresent(note -> line.append("  ").append(cut(note)));
    }

    /** Somebody did something that is no statement: a person, or a user who belongs to none, or nobody knows who. */
    private void came(String channel) {
        String user = entry.field("user").filter(given -> !given.isEmpty()).orElse("?");
        line.append(' ')
                .append(Visible.name(entry.field("person").orElse(user)))
                .append(" (")
                .append(Visible.name(channel))
                .append(", ")
                .append(name("address"))
                .append(')');
    }

    private void who() {
        line.append(' ').append(name("user"));
        entry.field("person")
                .filter(person -> !person.equals(entry.field("user").orElse("")))
                .ifPresent(
                        person -> line.append(" (").append(Visible.name(person)).append(')'));
        line.append(" in ").append(name("database")).append(" from ").append(name("address"));
        entry.field("application")
                .filter(application -> !application.isEmpty())
                .ifPresent(application -> line.append(" with ").append(Visible.name(application)));
        entry.field("certificate")
                .ifPresent(subject -> line.append(" by certificate ").append(Visible.name(subject)));
        line.append(", ").append(name("session"));
    }

    private void vote(JsonNode votes) {
        JsonNode last = votes.path(votes.size() - 1);
        line.append(' ')
                .append(Visible.name(last.path("person").asText()))
                .append(": ")
                .append(Visible.name(last.path("verdict").asText()));
        if (last.path("reason").isTextual()) {
            line.append(", '")
                    .append(Visible.name(last.path("reason").asText()))
                    .append('\'');
        }
        line.append(" (").append(Visible.name(last.path("channel").asText())).append(')');
    }

    /** Nobody who looks for who ran it should overlook that one person let it. */
    private void brokenBy(JsonNode votes) {
        for (JsonNode vote : votes) {
            if (vote.path("verdict").asText().equals("break-glass")) {
                line.append("  RELEASED ALONE by ")
                        .append(Visible.name(vote.path("person").asText()));
            }
        }
    }

    private void outcome(JsonNode outcome) {
        if (outcome.has("tag")) {
            line.append(' ').append(Visible.name(outcome.path("tag").asText()));
            after(outcome);
        } else if (outcome.has("sqlstate")) {
            line.append(" error ").append(Visible.name(outcome.path("sqlstate").asText()));
            after(outcome);
            line.append(": ").append(cut(outcome.path("error").asText()));
        } else {
            line.append(" unknown: the connection was lost, it may have taken effect");
        }
    }

    private void after(JsonNode outcome) {
        double millis = outcome.path("micros").asLong() / MICROS_PER_MILLI;
        line.append(" after ").append(String.format(Locale.ROOT, "%.1f ms", millis));
    }

    private void values(JsonNode values) {
        int number = 1;
        for (JsonNode value : values) {
            line.append(number == 1 ? "; with $" : ", $")
                    .append(number++)
                    .append('=')
                    .append(value.isNull() ? "NULL" : cut(value.asText()));
        }
    }

    private String name(String field) {
        return entry.field(field).map(Visible::name).orElse("?");
    }

    private static String time(String iso) {
        try {
            return Instant.parse(iso).truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            return Visible.name(iso);
        }
    }

    private static String cut(String text) {
        String whole = Visible.text(text.replaceAll("\\s+", " "));
        return whole.length() <= SHOWN
                ? whole
                : whole.substring(0, SHOWN) + "... (" + SHOWN + " of " + whole.length() + " characters)";
    }
}
