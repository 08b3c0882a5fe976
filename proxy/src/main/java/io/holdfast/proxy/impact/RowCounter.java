package io.holdfast.proxy.impact;

import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.impact.Relations.Found;
import io.holdfast.proxy.impact.Relations.Look;
import io.holdfast.proxy.impact.Relations.Relation;
import io.holdfast.proxy.impact.Relations.Tree;
import io.holdfast.proxy.impact.Rows.Counted;
import io.holdfast.proxy.impact.Rows.NotCounted;
import io.holdfast.proxy.impact.Rows.TooMany;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.statement.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows on one server, each count in a transaction that only reads. A count is prepared before it is looked at, so that what was looked
 * at is what runs: preparing resolves every name and keeps its table from being changed.
 */
final class RowCounter {
    private static final Set<String> SHOWN_SETTINGS = Set.of("DateStyle", "IntervalStyle", "TimeZone");

    private static final String UNDEFINED_TABLE = "42P01";

    /** What is wrong with a text by itself, or with the columns and types of tables that are known to be the right ones. */
    private static final Set<String> INVALID = Set.of(
            "22P02", // a constant that its type does not have
            "42601", // syntax
            "42702", // a column that several tables have
            "42703", // a column that none has
            "42725", // an operator or function of which several fit
            "42803", // an aggregate in WHERE
            "42804", // a type that does not fit
            "42883", // an operator or function that is not there
            "42P08", // a parameter of two types
            "42P18"); // or of none

    /** For the server to say that the time is over. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Connection connection;
    private final String server;
    private final SessionState session;
    private final Optional<SearchPath> path;
    private final List<String> prepared = new ArrayList<>();
    private int number;

    /** @param connection of its own, which it changes */
    RowCounter(Connection connection, String server, SessionState session) throws SQLException {
        this.connection = connection;
        this.server = server;
        this.session = session;
        this.path = SearchPath.of(session);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    /** What the count is about, beside its text. */
    record Subject(StatementText statement, Look look, Map<Long, Tree> trees) {
        /** The same, of a count that also names this table, by its schema. */
        Subject with(Tree table) {
            Map<RelationName, Found> found = new HashMap<>(look.found());
            found.put(table.root().qualified(), new Found(table.root(), false, true));
            Map<Long, Tree> more = new HashMap<>(trees);
            more.put(table.root().oid(), table);
            return new Subject(statement, new Look(found, look.missing(), look.absent()), more);
        }
    }

    /** @param limit of the server's time, in whole milliseconds, at least 1 */
    Rows count(RowCount.Query query, Subject subject, Duration limit) {
        String target = query.target();
        Optional<CountText> text = CountText.of(query.sql());
        if (text.isEmpty()) {
            return new NotCounted(target, "counting would not only read");
        }
        String objection = objection(text.get(), subject);
        if (objection != null) {
            return new NotCounted(target, objection);
        }
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limit.plus(MARGIN).toMillis()));
            return count(query, text.get(), subject, limit);
        } catch (Values.Unusable e) {
            return new NotCounted(target, e.why());
        } catch (SQLException e) {
            return Failure.isTimeout(e) ? new TooMany(target, limit) : new NotCounted(target, server, Failure.words(e));
        } finally {
            rollBack();
            forget();
        }
    }

    /**
     * Whether the server would not run the statement at all, whatever is in its tables: an analysis fails that is the same on every server.
     */
    boolean isInvalid(Subject subject) {
        if (path.isEmpty()) {
            return false; // a name may be found elsewhere
        }
        try {
            Statements.set(connection, settings(Set.of()));
            values(subject);
            return false;
        } catch (Values.Unusable e) {
            return false;
        } catch (SQLException e) {
            boolean absent = UNDEFINED_TABLE.equals(e.getSQLState())
                    && !subject.look().absent().isEmpty();
            return absent || INVALID.contains(String.valueOf(e.getSQLState()));
        } finally {
            rollBack();
            forget();
        }
    }

    private @Nullable String objection(CountText text, Subject subject) {
        String byText = text.objection();
        if (byText != null) {
            return byText;
        }
        for (RelationName name : text.relations()) {
            Found found = subject.look().found().get(name);
            if (found == null) {
                return name + " " + subject.look().missing().getOrDefault(name, "is not known");
            }
            if (found.temporary()) {
                return "a temporary table " + name + " may be meant";
            }
            Tree tree = subject.trees().get(found.relation().oid());
            String why = tree == null ? name + " is gone" : objection(tree);
            if (why != null) {
                return why;
            }
        }
        return isFiltered(text, subject) && text.hasSubquery() ? "row security changes what its subqueries find" : null;
    }

    private static @Nullable String objection(Tree tree) {
        for (Relation part : tree.parts()) {
            switch (part.kind()) {
                case 'r', 'p', 'm' -> {}
                case 'f' -> {
                    return part.label() + " is on another server";
                }
                default -> {
                    return part.label() + " is a view";
                }
            }
        }
        return null;
    }

    /** Whether row security may show the requester less than is there. */
    private static boolean isFiltered(CountText text, Subject subject) {
        return text.relations().stream()
                .map(subject.look().found()::get)
                .anyMatch(found -> found != null && found.relation().rowSecurity());
    }

    private Rows count(RowCount.Query query, CountText text, Subject subject, Duration limit)
            throws SQLException, Values.Unusable {
        Statements.set(connection, settings(schemas(text, subject)));
        for (RelationName name : text.relations()) {
            if (!isSame(name, subject)) {
                return new NotCounted(
                        query.target(), "the account may not use the schema of " + name + " on " + server);
            }
        }
        Values values = query.parameters().isEmpty() ? Values.NONE : values(subject);
        String name = named("holdfast_count_");
        try (Statement statement = Statements.plain(connection)) {
            statement.execute("PREPARE " + name + values.typeList() + " AS " + text.sql());
            Optional<String> code = CountCode.objection(connection, text);
            if (code.isPresent()) {
                return new NotCounted(query.target(), code.get());
            }
            Statements.set(connection, Map.of("statement_timeout", String.valueOf(limit.toMillis())));
            try (ResultSet row = statement.executeQuery("EXECUTE " + name + values.valueList())) {
                row.next();
                return new Counted(query.target(), row.getLong(1), isFiltered(text, subject), text.moves(), server);
            }
        }
    }

    private Values values(Subject subject) throws SQLException, Values.Unusable {
        return Values.of(connection, subject.statement(), named("holdfast_held_"));
    }

    /** Row security off is an error where the account would see less than all. */
    private Map<String, String> settings(Set<String> schemas) {
        Map<String, String> settings = new HashMap<>(session.settings());
        settings.keySet().retainAll(SHOWN_SETTINGS);
        settings.put(
                "search_path",
                path.orElseGet(() -> new SearchPath(List.copyOf(schemas))).setting());
        settings.put("row_security", "off");
        settings.put("standard_conforming_strings", "on");
        settings.put("lock_timeout", "1s");
        settings.put("max_parallel_workers_per_gather", "0");
        return settings;
    }

    /** Where the search path is not known, each name is one table's only. */
    private static Set<String> schemas(CountText text, Subject subject) {
        Set<String> schemas = new LinkedHashSet<>();
        for (RelationName name : text.relations()) {
            Found found = subject.look().found().get(name);
            if (name.schema() == null && found != null) {
                schemas.add(found.relation().schema());
            }
        }
        return schemas;
    }

    private boolean isSame(RelationName name, Subject subject) throws SQLException {
        String quoted = (name.schema() == null ? "" : Quoted.name(name.schema()) + '.') + Quoted.name(name.name());
        Found found = subject.look().found().get(name);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.to_regclass(?)::oid::bigint")) {
            statement.setString(1, quoted);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return found != null && row.getLong(1) == found.relation().oid();
            }
        }
    }

    private String named(String prefix) {
        String name = prefix + ++number;
        prepared.add(name);
        return name;
    }

    /** What was prepared outlives the transaction, and would be in the way of who has the connection next. */
    private void forget() {
        for (String name : prepared) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DEALLOCATE " + name);
            } catch (SQLException _) {
                // it was not prepared, or the connection is gone
            } finally {
                rollBack();
            }
        }
        prepared.clear();
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // the connection is gone, as whoever uses it next will see
        }
    }
}
