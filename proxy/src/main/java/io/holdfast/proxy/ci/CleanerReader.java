package io.holdfast.proxy.ci;

import io.holdfast.proxy.ci.CleanerStep.Hand;
import io.holdfast.proxy.ci.CleanerStep.Kind;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads from a statement what a cleaner would do with it. Pure. */
public final class CleanerReader {
    /** How Hibernate calls foreign keys that were given no name: by a hash. */
    private static final Pattern HASHED_KEY = Pattern.compile("\"?fk[0-9a-z]{20,}\"?", Pattern.CASE_INSENSITIVE);

    /** In bytes; no list of tables is longer, and looking must not keep others waiting. */
    private static final int LONGEST = 256 << 10;

    private CleanerReader() {}

    /**
     * Of a statement.
     *
     * @param text what the facts' offsets are of; empty: not there to be looked at, as of what SQL's PREPARE made
     * @return empty: it does nothing that a cleaner would
     */
    public static Optional<CleanerStep> read(StatementFacts facts, byte[] text) {
        int length = facts.end() - facts.start();
        if (facts.statementClass().compareTo(StatementClass.ADMIN) < 0
                || length > LONGEST
                || facts.end() > text.length) {
            return Optional.empty();
        }
        String sql = new String(text, facts.start(), length, StandardCharsets.UTF_8);
        StatementWords words = StatementWords.of(sql);
        return Optional.ofNullable(kind(facts, words, sql))
                .map(kind -> new CleanerStep(kind, facts.relations(), hand(kind, facts, words)));
    }

    private static @Nullable Kind kind(StatementFacts facts, StatementWords words, String sql) {
        return switch (facts.command()) {
            case "TRUNCATE TABLE" -> Kind.TRUNCATE;
            case "DELETE" -> facts.where() == WhereClause.ABSENT ? Kind.DELETE : null;
            case "DROP TABLE",
                    "DROP VIEW",
                    "DROP MATERIALIZED VIEW",
                    "DROP SEQUENCE",
                    "DROP TYPE",
                    "DROP DOMAIN",
                    "DROP FUNCTION" -> Kind.DROP;
            case "DROP SCHEMA" -> words.has("cascade") ? Kind.DROP_SCHEMA : null;
            case "DROP DATABASE" -> Kind.DROP_DATABASE;
            case "ALTER TABLE" -> ofAlterTable(words);
            case "SET" -> words.has("session_replication_role") ? Kind.REPLICA_ROLE : null;
            case "DO" -> emptiesWhatItFinds(sql.toLowerCase(Locale.ROOT)) ? Kind.BLOCK : null;
            default -> null;
        };
    }

    private static @Nullable Kind ofAlterTable(StatementWords words) {
        if (words.has("disable", "trigger", "all")
                || words.has("disable", "trigger", "user")
                || words.has("not", "enforced")) {
            return Kind.TRIGGERS_OFF;
        }
        if (words.has("enable", "trigger")) {
            return Kind.TRIGGERS_ON;
        }
        return words.has("drop", "constraint") ? Kind.DROP_CONSTRAINT : null;
    }

    private static boolean emptiesWhatItFinds(String sql) {
        boolean empties = sql.contains("truncate") || sql.contains("drop table") || sql.contains("delete from");
        boolean finds =
                sql.contains("pg_tables") || sql.contains("information_schema.tables") || sql.contains("pg_class");
        return empties && finds && sql.contains("execute");
    }

    private static Hand hand(Kind kind, StatementFacts facts, StatementWords words) {
        int names = facts.relations().size();
        if (kind == Kind.DROP_CONSTRAINT) {
            return words.begins("alter", "table", "if", "exists")
                            && HASHED_KEY
                                    .matcher(words.after("drop", "constraint", "if", "exists"))
                                    .matches()
                    ? Hand.TOOL
                    : Hand.PLAIN;
        }
        if (names == 0 || words.quoted() < names) {
            return Hand.PLAIN;
        }
        boolean qualified = words.qualified() >= names;
        boolean tool = switch (kind) {
            case TRUNCATE -> qualified && words.has("restart", "identity", "cascade");
            case DROP -> words.has("if", "exists") && words.has("cascade");
            case DELETE, DROP_SCHEMA, DROP_DATABASE, DROP_CONSTRAINT, TRIGGERS_OFF, TRIGGERS_ON, REPLICA_ROLE, BLOCK ->
                false;
        };
        if (tool) {
            return Hand.TOOL;
        }
        return qualified ? Hand.QUALIFIED : Hand.QUOTED;
    }
}
