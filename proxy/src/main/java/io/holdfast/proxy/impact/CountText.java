package io.holdfast.proxy.impact;

import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.SqlToken.Kind;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query that counts rows, and what in it could make it answer otherwise on a follower and in our session than the statement itself
 * would find on the primary and in its own. Whoever wants a statement approved may write it so that the count is small. Pure.
 */
final class CountText {
    /** Stand without parentheses and say who or where somebody is. */
    private static final Set<String> SESSION_WORDS = Set.of(
            "current_user", "current_role", "session_user", "system_user", "user", "current_schema", "current_catalog");

    private static final Set<String> TIME_WORDS =
            Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

    /** Functions that are not immutable, and answer the same everywhere but for the time and settings that the hold shows. */
    private static final Set<String> SAME_EVERYWHERE = Set.of(
            "age",
            "array_agg",
            "array_to_string",
            "concat",
            "concat_ws",
            "date",
            "date_part",
            "date_trunc",
            "extract",
            "format",
            "generate_series",
            "isfinite",
            "json_agg",
            "json_build_object",
            "jsonb_agg",
            "jsonb_build_object",
            "length",
            "make_timestamptz",
            "overlaps",
            "row_to_json",
            "string_agg",
            "timezone",
            "to_char",
            "to_date",
            "to_json",
            "to_jsonb",
            "to_number",
            "to_timestamp");

    private static final Set<String> TIME_FUNCTIONS =
            Set.of("clock_timestamp", "now", "statement_timestamp", "transaction_timestamp");

    private final String sql;
    private final List<SqlToken> tokens;
    private final StatementFacts facts;

    private CountText(String sql, List<SqlToken> tokens, StatementFacts facts) {
        this.sql = sql;
        this.tokens = tokens;
        this.facts = facts;
    }

    /** Empty: the classifier does not say that it is one statement that only reads. */
    static Optional<CountText> of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        SqlFacts facts = StatementReader.read(bytes, 0, bytes.length);
        return facts.statements().size() == 1 && facts.statementClass() == StatementClass.READ
                ? SqlToken.listOf(sql)
                        .map(tokens ->
                                new CountText(sql, tokens, facts.statements().getFirst()))
                : Optional.empty();
    }

    String sql() {
        return sql;
    }

    List<RelationName> relations() {
        return facts.relations();
    }

    /** Names of all functions that it calls. */
    List<String> calls() {
        return facts.functions().stream().map(RelationName::name).distinct().toList();
    }

    /** Names of functions that must be immutable, whatever their arguments are. */
    List<String> functions() {
        return facts.functions().stream()
                .map(RelationName::name)
                .filter(name -> !SAME_EVERYWHERE.contains(name) && !TIME_FUNCTIONS.contains(name))
                .distinct()
                .toList();
    }

    /** Everything in it that could be the name of a function, type or column. */
    Set<String> identifiers() {
        Set<String> names = new LinkedHashSet<>();
        tokens.forEach(token -> Targets.folded(token).ifPresent(names::add));
        return names;
    }

    /** Everything in it that could be an operator. */
    Set<String> operators() {
        Set<String> symbols = new LinkedHashSet<>();
        tokens.stream()
                .filter(token -> token.kind() == Kind.SYMBOL)
                .map(SqlToken::text)
                .forEach(symbols::add);
        if (tokens.stream().anyMatch(token -> token.kind() == Kind.WORD)) {
            symbols.addAll(List.of("=", "<", ">", "<=", ">=", "<>", "~~", "!~~", "~~*", "!~~*", "~"));
        }
        return symbols;
    }

    /** Whether there is a query within the query. */
    boolean hasSubquery() {
        return tokens.stream().filter(token -> token.is("SELECT")).count() > 1;
    }

    /** Whether it will count other rows later. */
    boolean moves() {
        return tokens.stream().anyMatch(token -> isWord(token, TIME_WORDS))
                || facts.functions().stream().anyMatch(name -> TIME_FUNCTIONS.contains(name.name()));
    }

    /** Why it is not to be trusted by its text alone; null: it is, so far. */
    @Nullable
    String objection() {
        if (!SecretRedactor.redactSql(sql).equals(sql) || sql.contains(SecretRedactor.REDACTED)) {
            return "secrets in it are not kept";
        }
        for (RelationName name : facts.relations()) {
            if (BuiltIns.isSystemRelation(name)) {
                return name + " does not show the same on a follower";
            }
        }
        for (SqlToken token : tokens) {
            if (isWord(token, SESSION_WORDS)) {
                return token.text() + " is another one for whoever counts";
            }
            if (token.kind() == Kind.QUOTED_NAME && !token.text().startsWith("\"")) {
                return "a name with Unicode escapes is not looked up";
            }
            if (token.text().startsWith("@@")) {
                return "text search depends on a setting that is not shown";
            }
        }
        return comparesWithNull() ? "a comparison with NULL depends on a setting that is not shown" : null;
    }

    /** transform_null_equals makes {@code = NULL} something else. */
    private boolean comparesWithNull() {
        List<SqlToken> bare = new ArrayList<>(tokens);
        bare.removeIf(token -> token.isSymbol("(") || token.isSymbol(")"));
        for (int i = 0; i + 1 < bare.size(); i++) {
            if ((bare.get(i).isSymbol("=") && bare.get(i + 1).is("NULL"))
                    || (bare.get(i).is("NULL") && bare.get(i + 1).isSymbol("="))) {
                return true;
            }
        }
        return false;
    }

    /** A name that is quoted, or of a column of a table, is none of these words. */
    private static boolean isWord(SqlToken token, Set<String> words) {
        return token.kind() == Kind.WORD && words.contains(token.text().toLowerCase(Locale.ROOT));
    }
}
