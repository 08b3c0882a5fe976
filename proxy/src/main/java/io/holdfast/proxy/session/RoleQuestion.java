package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Whether a statement asks for a setting in which the two servers differ by nature. Drivers that were told to connect to a primary
 * only (pgjdbc's {@code targetServerType=primary}) ask so, and would turn away from what a follower answers.
 */
final class RoleQuestion {
    private RoleQuestion() {}

    /** @param text that the facts' offsets are of */
    static boolean isAsked(StatementFacts statement, byte[] text) {
        boolean show = statement.command().equals("SHOW");
        if (!show && !callsCurrentSetting(statement)) {
            return false;
        }
        String words = new String(
                        text, statement.start(), statement.end() - statement.start(), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        return words.contains("read_only") || words.contains("hot_standby") || (show && words.endsWith("all"));
    }

    private static boolean callsCurrentSetting(StatementFacts statement) {
        for (RelationName name : statement.functions()) {
            if (name.name().equals("current_setting")) {
                return true;
            }
        }
        return false;
    }
}
