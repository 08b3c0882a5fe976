package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the tables that names stand for, as the requester's session would, and how large they are. The server's own look-up is not used:
 * it leaves out schemas that the account may not use, and could find another table of the same name behind them.
 */
final class Relations {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String CANDIDATES = """
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relpersistence,
                   coalesce((SELECT has_schema_privilege(r.oid, n.oid, 'USAGE') FROM pg_roles r WHERE r.rolname = ?), true),
                   coalesce((SELECT has_table_privilege(r.oid, c.oid, 'SELECT') FROM pg_roles r WHERE r.rolname = ?), false)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relname = ANY (?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I')
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
             ORDER BY c.oid
             LIMIT 2000""";

    private static final String IN_SCHEMAS = """
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind, c.relrowsecurity
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
             ORDER BY c.relpages DESC, c.relname
             LIMIT 500""";

    /** BYTES stands for how large a part is. */
    private static final String PARTS = """
            WITH RECURSIVE tree (root, part) AS (
                SELECT o, o FROM unnest(?::oid[]) o
                UNION
                SELECT t.root, i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.part)
            SELECT t.root::bigint, c.oid::bigint, c.relkind, c.relrowsecurity, c.reltuples::bigint, n.nspname, c.relname,
                   BYTES
              FROM tree t JOIN pg_class c ON c.oid = t.part JOIN pg_namespace n ON n.oid = c.relnamespace
             LIMIT 20000""";

    private final Connection connection;

    Relations(Connection connection) {
        this.connection = connection;
    }

    /** A relation in the catalog. */
    record Relation(long oid, String schema, String name, char kind, boolean rowSecurity) {
        String label() {
            return schema + '.' + name;
        }

        RelationName qualified() {
            return new RelationName(schema, name);
        }
    }

    /**
     * What a name stands for.
     *
     * @param temporary some session has a temporary table of this name, which may be meant instead
     * @param readable by the user, in all of its columns
     */
    record Found(Relation relation, boolean temporary, boolean readable) {}

    /**
     * What was found, and why the others were not.
     *
     * @param absent those that nothing has, in any schema, not even some session for itself
     */
    record Look(Map<RelationName, Found> found, Map<RelationName, String> missing, Set<RelationName> absent) {}

    /**
     * A table and all that inherits from it.
     *
     * @param bytes {@link TableSize#UNKNOWN}: somebody has locked one of them
     */
    record Tree(Relation root, List<Relation> parts, long bytes, long estimatedRows) {
        TableSize size() {
            return new TableSize(root.label(), bytes, estimatedRows, parts.size() - 1);
        }
    }

    private record Candidate(Relation relation, boolean temporary, boolean usable, boolean readable) {
        Found found(boolean otherIsTemporary) {
            return new Found(relation, otherIsTemporary, readable);
        }
    }

    /** @param path empty: not known, so that only names that one table has are certain */
    Look look(Collection<RelationName> names, Optional<SearchPath> path, String user) throws SQLException {
        Map<String, List<Candidate>> candidates = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(CANDIDATES)) {
            statement.setString(1, user);
            statement.setString(2, user);
            statement.setArray(3, texts(names.stream().map(RelationName::name).toList()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Candidate candidate = new Candidate(
                            relation(row), "t".equals(row.getString(6)), row.getBoolean(7), row.getBoolean(8));
                    candidates
                            .computeIfAbsent(row.getString(3), _ -> new ArrayList<>())
                            .add(candidate);
                }
            }
        }
        Look look = new Look(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>());
        for (RelationName name : names) {
            choose(name, candidates.getOrDefault(name.name(), List.of()), path, look);
            if (!candidates.containsKey(name.name()) && !BuiltIns.isSystemRelation(name)) {
                look.absent().add(name);
            }
        }
        return look;
    }

    private static void choose(RelationName name, List<Candidate> all, Optional<SearchPath> path, Look look) {
        List<Candidate> lasting = all.stream().filter(one -> !one.temporary()).toList();
        boolean temporary = name.schema() == null && lasting.size() < all.size();
        if (BuiltIns.isSystemRelation(name)) {
            look.missing().put(name, "belongs to the system and is not measured");
        } else if (name.schema() != null) {
            lasting.stream()
                    .filter(one -> one.relation().schema().equals(name.schema()))
                    .findFirst()
                    .ifPresentOrElse(
                            one -> look.found().put(name, one.found(false)),
                            () -> look.missing().put(name, "is not there"));
        } else if (path.isPresent()) {
            path.get().schemas().stream()
                    .flatMap(schema -> lasting.stream()
                            .filter(one ->
                                    one.usable() && one.relation().schema().equals(schema)))
                    .findFirst()
                    .ifPresentOrElse(
                            one -> look.found().put(name, one.found(temporary)),
                            () -> look.missing().put(name, "is not in the search path"));
        } else if (lasting.size() == 1) {
            look.found().put(name, lasting.getFirst().found(temporary));
        } else {
            String why = lasting.isEmpty()
                    ? "is not there"
                    : "is in " + lasting.size() + " schemas, and the search path is not known";
            look.missing().put(name, why);
        }
    }

    /** Tables and the like in these schemas, the largest first; at most 500. */
    List<Relation> in(Collection<String> schemas) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(IN_SCHEMAS)) {
            statement.setArray(1, texts(schemas));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    relations.add(relation(row));
                }
            }
        }
        return relations;
    }

    /** In bytes. */
    long databaseSize(String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : TableSize.UNKNOWN;
            }
        }
    }

    /** Sizes; where one of the tables is locked, sizes are unknown for all. */
    Map<Long, Tree> trees(Collection<Long> roots) throws SQLException {
        try {
            return trees(roots, "coalesce(pg_total_relation_size(c.oid), 0)");
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || Failure.isTimeout(e)) {
                return unmeasured(roots);
            }
            throw e;
        }
    }

    /** As {@link #trees}, of unknown size, which keeps nobody waiting for a lock. */
    Map<Long, Tree> unmeasured(Collection<Long> roots) throws SQLException {
        return trees(roots, "-1");
    }

    private Map<Long, Tree> trees(Collection<Long> roots, String bytes) throws SQLException {
        Map<Long, Growing> growing = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PARTS.replace("BYTES", bytes))) {
            statement.setArray(1, connection.createArrayOf("oid", roots.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    growing.computeIfAbsent(row.getLong(1), _ -> new Growing()).add(row);
                }
            }
        }
        Map<Long, Tree> trees = new LinkedHashMap<>();
        growing.forEach((root, found) -> found.tree().ifPresent(tree -> trees.put(root, tree)));
        return trees;
    }

    private static final class Growing {
        private final List<Relation> parts = new ArrayList<>();
        private Optional<Relation> root = Optional.empty();
        private long bytes;
        private long rows;

        void add(ResultSet row) throws SQLException {
            char kind = row.getString(3).charAt(0);
            Relation part = new Relation(row.getLong(2), row.getString(6), row.getString(7), kind, row.getBoolean(4));
            parts.add(part);
            if (row.getLong(1) == part.oid()) {
                root = Optional.of(part);
            }
            bytes = sum(bytes, row.getLong(8));
            if (kind == 'r' || kind == 'm') { // a partitioned table has only what its partitions have
                rows = sum(rows, row.getLong(5));
            }
        }

        /** Unknown and anything is unknown. */
        private static long sum(long one, long other) {
            return one < 0 || other < 0 ? TableSize.UNKNOWN : one + other;
        }

        Optional<Tree> tree() {
            return root.map(top -> new Tree(top, List.copyOf(parts), bytes, rows));
        }
    }

    private static Relation relation(ResultSet row) throws SQLException {
        return new Relation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNull(row.getString(4)).charAt(0),
                row.getBoolean(5));
    }

    private Array texts(Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
