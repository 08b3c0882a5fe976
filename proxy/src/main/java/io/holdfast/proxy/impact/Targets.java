package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.SqlToken.Kind;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tables a statement changes, and how, at every nesting level; the facts have only names. Where that cannot be told, every table
 * counts as changed: more is shown then, never less. Pure.
 */
final class Targets {
    private static final Set<String> CHANGES = Set.of("DELETE", "INSERT", "MERGE", "UPDATE");

    private final List<SqlToken> tokens;
    private final Map<RelationName, Target> found = new LinkedHashMap<>();

    private Targets(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** One for each name, those that are changed first. */
    static List<Target> of(StatementFacts facts, List<SqlToken> tokens) {
        Verb all = verbOfAll(facts.command());
        if (all != Verb.READ) {
            return facts.relations().stream()
                    .map(name -> new Target(all, name, false))
                    .toList();
        }
        Targets targets = new Targets(tokens);
        targets.scan();
        targets.found.keySet().retainAll(facts.relations());
        boolean unclear = targets.found.isEmpty()
                && (CHANGES.contains(facts.command()) || !facts.innerCommands().isEmpty());
        List<Target> list = new ArrayList<>(targets.found.values());
        for (RelationName name : facts.relations()) {
            if (!targets.found.containsKey(name)) {
                list.add(new Target(unclear ? Verb.DELETE : Verb.READ, name, false));
            }
        }
        return list;
    }

    /** READ: it has to be looked for. */
    private static Verb verbOfAll(String command) {
        return switch (command) {
            case "TRUNCATE TABLE" -> Verb.TRUNCATE;
            case "DROP TABLE",
                    "DROP MATERIALIZED VIEW",
                    "DROP VIEW",
                    "DROP FOREIGN TABLE",
                    "DROP INDEX",
                    "DROP SEQUENCE" -> Verb.DROP;
            case "DROP SCHEMA" -> Verb.DROP_SCHEMA;
            case "DROP DATABASE" -> Verb.DROP_DATABASE;
            case "COPY FROM" -> Verb.INSERT;
            default ->
                command.startsWith("ALTER ")
                                || command.startsWith("CREATE ")
                                || command.startsWith("DROP ")
                                || command.equals("LOCK TABLE")
                                || command.equals("VACUUM")
                                || command.equals("ANALYZE")
                                || command.equals("CLUSTER")
                                || command.equals("REINDEX")
                                || command.equals("COMMENT")
                                || command.equals("REFRESH MATERIALIZED VIEW")
                        ? Verb.OTHER
                        : Verb.READ;
        };
    }

    private void scan() {
        for (int i = 0; i < tokens.size(); i++) {
            if (is(i, "DELETE") && is(i + 1, "FROM")) {
                add(Verb.DELETE, i + 2);
            } else if (is(i, "UPDATE") && !isLockOrConflict(i)) {
                add(Verb.UPDATE, i + 1);
            } else if (is(i, "INTO") && i > 0 && is(i - 1, "INSERT")) {
                add(Verb.INSERT, i + 1);
            } else if (is(i, "INTO") && i > 0 && is(i - 1, "MERGE")) {
                add(tokens.stream().anyMatch(token -> token.is("DELETE")) ? Verb.DELETE : Verb.UPDATE, i + 1);
            }
        }
    }

    /** FOR UPDATE, FOR NO KEY UPDATE, DO UPDATE, THEN UPDATE, ON UPDATE. */
    private boolean isLockOrConflict(int i) {
        return i > 0
                && (is(i - 1, "FOR") || is(i - 1, "KEY") || is(i - 1, "DO") || is(i - 1, "THEN") || is(i - 1, "ON"));
    }

    private void add(Verb verb, int at) {
        nameAt(at).ifPresent(name -> found.merge(name, new Target(verb, name, is(at, "ONLY")), Targets::stronger));
    }

    /** The table that a RowCount is about; empty: its name is written in a way that is not read here. */
    static Optional<RelationName> named(String target) {
        return new Targets(SqlToken.listOf(target).orElse(List.of())).nameAt(0);
    }

    private Optional<RelationName> nameAt(int at) {
        int i = is(at, "ONLY") ? at + 1 : at;
        if (i < tokens.size() && tokens.get(i).isSymbol("(")) {
            i++;
        }
        int next = i;
        boolean qualified = i + 2 < tokens.size() && tokens.get(i + 1).isSymbol(".");
        return name(i).map(first -> (qualified ? name(next + 2) : Optional.<String>empty())
                .map(second -> new RelationName(first, second))
                .orElseGet(() -> new RelationName(null, first)));
    }

    private static Target stronger(Target one, Target other) {
        Verb verb = one.verb().compareTo(other.verb()) >= 0 ? one.verb() : other.verb();
        return new Target(verb, one.name(), one.only() && other.only());
    }

    private Optional<String> name(int i) {
        return i < tokens.size() ? folded(tokens.get(i)) : Optional.empty();
    }

    /** A name as the catalog has it; empty: it is none, or written in a way that is not read here. */
    static Optional<String> folded(SqlToken token) {
        String text = token.text();
        if (token.kind() == Kind.WORD) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        return token.kind() == Kind.QUOTED_NAME && text.startsWith("\"") && text.length() > 2
                ? Optional.of(text.substring(1, text.length() - 1).replace("\"\"", "\""))
                : Optional.empty();
    }

    private boolean is(int i, String word) {
        return i < tokens.size() && tokens.get(i).is(word);
    }
}
