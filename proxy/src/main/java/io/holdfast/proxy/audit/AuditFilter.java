package io.holdfast.proxy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for; an entry must satisfy all of it.
 *
 * @param fields names and values: equal, without regard to case
 * @param words each occurs somewhere in the entry's values, without regard to case and to how white space is made
 * @param since null: from the beginning
 * @param until exclusive; null: to the end
 */
public record AuditFilter(
        Map<String, String> fields,
        List<String> words,
        @Nullable Instant since,
        @Nullable Instant until) {
    public AuditFilter {
        fields = Map.copyOf(fields);
        words = words.stream().map(AuditFilter::folded).toList();
    }

    /** Pure. */
    public boolean matches(AuditRecord entry) {
        return fields.entrySet().stream()
                        .allMatch(wanted -> entry.field(wanted.getKey())
                                .filter(found -> found.equalsIgnoreCase(wanted.getValue()))
                                .isPresent())
                && isInTime(entry)
                && saysAll(entry);
    }

    private boolean isInTime(AuditRecord entry) {
        if (since == null && until == null) {
            return true;
        }
        try {
            Instant at = Instant.parse(entry.time());
            return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
        } catch (DateTimeException e) {
            return true; // better to show a doubtful entry than to hide it
        }
    }

    private boolean saysAll(AuditRecord entry) {
        if (words.isEmpty()) {
            return true;
        }
        StringBuilder folded = new StringBuilder(entry.line().length());
        fold(entry.json(), folded);
        return words.stream().allMatch(word -> folded.indexOf(word) >= 0);
    }

    private static void fold(JsonNode json, StringBuilder folded) {
        if (json.isValueNode()) {
            fold(json.asText(), folded);
            folded.append('\n'); // no word is found across two values
        } else {
            json.forEach(part -> fold(part, folded));
        }
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        fold(text, folded);
        return folded.toString();
    }

    /** Lower case, and a space for each run of white space. */
    private static void fold(String text, StringBuilder folded) {
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean more = Character.isWhitespace(c);
            if (!more) {
                folded.append(Character.toLowerCase(c));
            } else if (!space) {
                folded.append(' ');
            }
            space = more;
        }
    }
}
