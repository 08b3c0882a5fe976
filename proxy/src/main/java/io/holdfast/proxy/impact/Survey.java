package io.holdfast.proxy.impact;

import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.impact.LockHolders.Wanted;
import io.holdfast.proxy.impact.Relations.Found;
import io.holdfast.proxy.impact.Relations.Look;
import io.holdfast.proxy.impact.Relations.Relation;
import io.holdfast.proxy.impact.Relations.Tree;
import io.holdfast.proxy.insight.StatementInsight;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SqlToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the catalog says of one statement: its tables, where their foreign keys lead, triggers, locks. */
final class Survey {
    /** Of the tables that the statement names; beyond, a list says nothing more. */
    private static final int MOST_SHOWN = 100;

    private final StatementText text;
    private final Relations relations;
    private final ForeignKeys keys;
    private final Map<Long, Target> targets = new LinkedHashMap<>();
    private final List<TableSize> sizes = new ArrayList<>();
    private final List<Reach> reaches = new ArrayList<>();
    private final List<Firing> firings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Long, Wanted> wanted = new LinkedHashMap<>();

    /** What happens to each table, as triggers see it. */
    private final Map<Long, Set<Verb>> events = new LinkedHashMap<>();

    private final Look look;
    private Map<Long, Tree> trees = Map.of();

    private Survey(StatementText text, Relations relations, ForeignKeys keys, Look look) {
        this.text = text;
        this.relations = relations;
        this.keys = keys;
        this.look = look;
    }

    /** @param connection to the server whose catalog counts */
    static Survey of(Connection connection, SessionState session, StatementText text, StatementInsight insight)
            throws SQLException {
        List<Target> named = Targets.of(text.facts(), text.tokens());
        Relations relations = new Relations(connection);
        List<RelationName> tables = named.stream()
                .filter(target -> target.verb() != Verb.DROP_SCHEMA && target.verb() != Verb.DROP_DATABASE)
                .map(Target::name)
                .toList();
        Look look = relations.look(tables, SearchPath.of(session), session.user());
        Survey survey = new Survey(text, relations, new ForeignKeys(connection), look);
        for (Target target : named) {
            survey.add(target);
        }
        survey.trees = relations.trees(survey.targets.keySet());
        survey.sizes();
        survey.reach(updated(insight));
        survey.fire(new Triggers(connection));
        survey.lock();
        return survey;
    }

    private void add(Target target) throws SQLException {
        switch (target.verb()) {
            case DROP_SCHEMA -> {
                List<Relation> inside = relations.in(List.of(target.name().name()));
                remarks.add("schema " + target.name() + " has " + inside.size()
                        + (inside.size() == 500 ? " tables or more" : inside.size() == 1 ? " table" : " tables"));
                inside.forEach(relation -> targets.put(relation.oid(), new Target(Verb.DROP, target.name(), false)));
            }
            case DROP_DATABASE ->
                sizes.add(new TableSize(
                        "database " + target.name(),
                        relations.databaseSize(target.name().name()),
                        TableSize.UNKNOWN,
                        0));
            case READ, INSERT, UPDATE, DELETE, TRUNCATE, DROP, OTHER -> {
                Found found = look.found().get(target.name());
                if (found != null) {
                    targets.merge(found.relation().oid(), target, Survey::stronger);
                    if (found.temporary()) {
                        remarks.add("a temporary table " + target.name() + " may be meant, which is not measured");
                    }
                } else if (target.verb() != Verb.OTHER) { // a name that is made, or of something else, is not there
                    remarks.add(target.name() + " " + look.missing().get(target.name()));
                }
            }
        }
    }

    private static Target stronger(Target one, Target other) {
        return one.verb().compareTo(other.verb()) >= 0 ? one : other;
    }

    private void sizes() {
        for (long table : targets.keySet()) {
            Tree tree = trees.get(table);
            if (tree != null && sizes.size() < MOST_SHOWN) {
                sizes.add(tree.size());
            }
        }
    }

    /** Columns that an UPDATE names; empty: any may change. */
    static Set<String> updated(StatementInsight insight) {
        Set<String> columns = new HashSet<>();
        if (insight instanceof StatementInsight.Details details) {
            for (String column : details.written()) {
                List<SqlToken> tokens = SqlToken.listOf(column).orElse(List.of());
                Optional<String> name = tokens.isEmpty() ? Optional.empty() : Targets.folded(tokens.getFirst());
                if (tokens.size() != 1 || name.isEmpty()) {
                    return Set.of();
                }
                columns.add(name.get());
            }
        }
        return columns;
    }

    /** The table and what inherits from it, as far as the statement goes there. */
    private Stream<Relation> parts(long table) {
        Tree tree = trees.get(table);
        Target target = targets.get(table);
        if (tree == null) {
            return Stream.empty();
        }
        return target != null && target.only() ? Stream.of(tree.root()) : tree.parts().stream();
    }

    private void reach(Set<String> updated) throws SQLException {
        Map<Long, Verb> start = new LinkedHashMap<>();
        targets.forEach((table, target) -> {
            switch (target.verb()) {
                case UPDATE, DELETE, TRUNCATE, DROP ->
                    parts(table).forEach(part -> start.put(part.oid(), target.verb()));
                case READ, INSERT, DROP_SCHEMA, DROP_DATABASE, OTHER -> {}
            }
        });
        if (start.isEmpty()) {
            return;
        }
        List<Cascades.Step> steps = Cascades.of(start, text.endsWithCascade(), updated, keys);
        Map<Long, Tree> reached = relations.trees(
                steps.stream().map(step -> step.key().child()).distinct().toList());
        Map<Long, Tree> all = new HashMap<>(reached);
        all.putAll(trees);
        trees = all;
        for (Cascades.Step step : steps) {
            Tree tree = all.get(step.key().child());
            if (tree != null) {
                reaches.add(new Reach(
                        tree.size(),
                        step.effect(),
                        step.depth(),
                        step.key().name(),
                        step.key().parentName()));
                changes(tree, step);
            }
        }
        if (steps.size() == Cascades.MOST) {
            remarks.add("foreign keys lead to more tables than these");
        }
    }

    private void changes(Tree tree, Cascades.Step step) {
        for (Relation part : tree.parts()) {
            wanted.merge(part.oid(), new Wanted(part.label(), step.effect().lock()), Survey::stronger);
            step.effect().event().ifPresent(verb -> event(part.oid(), verb));
        }
    }

    private void event(long table, Verb verb) {
        events.computeIfAbsent(table, _ -> EnumSet.noneOf(Verb.class)).add(verb);
    }

    private void fire(Triggers triggers) throws SQLException {
        targets.forEach((table, target) -> parts(table).forEach(part -> event(part.oid(), target.verb())));
        firings.addAll(triggers.on(events, targets.keySet()));
        String command = text.facts().command();
        if (command.startsWith("DROP ") || command.startsWith("ALTER ") || command.startsWith("CREATE ")) {
            firings.addAll(triggers.onCommand(command));
        }
    }

    private void lock() {
        targets.forEach((table, target) -> {
            LockMode mode = mode(target);
            parts(table).forEach(part -> wanted.merge(part.oid(), new Wanted(part.label(), mode), Survey::stronger));
        });
    }

    private LockMode mode(Target target) {
        return switch (target.verb()) {
            case READ, INSERT, UPDATE, DELETE, TRUNCATE -> Locks.of(target.verb());
            case DROP, DROP_SCHEMA, DROP_DATABASE, OTHER ->
                Locks.of(text.facts().command(), text.tokens()).orElse(Locks.of(target.verb()));
        };
    }

    private static Wanted stronger(Wanted one, Wanted other) {
        return one.mode().compareTo(other.mode()) >= 0 ? one : other;
    }

    /** Names that the text has, and what they stand for. */
    Look look() {
        return look;
    }

    /** Of the server whose catalog counts. */
    Relations relations() {
        return relations;
    }

    /** Of the same server. */
    ForeignKeys keys() {
        return keys;
    }

    /** By the oid of their roots. */
    Map<Long, Tree> trees() {
        return trees;
    }

    /** What a name stands for, with its heirs; empty: nothing is known of it. */
    Optional<Tree> tree(RelationName name) {
        return Optional.ofNullable(look.found().get(name))
                .flatMap(found -> Optional.ofNullable(trees.get(found.relation().oid())));
    }

    /** Locks that it takes, by the table's oid, partitions and cascades included. */
    Map<Long, Wanted> wanted() {
        return wanted;
    }

    /** Tables in which it updates or deletes rows, as written. */
    Stream<String> changedRows() {
        return targets.values().stream()
                .filter(target -> target.verb() == Verb.UPDATE || target.verb() == Verb.DELETE)
                .map(target -> target.name().toString());
    }

    StatementImpact impact(Counts.Counted counted) {
        List<TableLock> locks = new ArrayList<>();
        targets.forEach((table, target) -> {
            Tree tree = trees.get(table);
            if (tree != null && locks.size() < MOST_SHOWN) {
                locks.add(new TableLock(tree.root().label(), mode(target)));
            }
        });
        if (targets.size() > MOST_SHOWN) {
            remarks.add("only the first " + MOST_SHOWN + " of " + targets.size() + " tables are listed");
        }
        return new StatementImpact(sizes, counted.rows(), counted.along(), reaches, firings, locks, remarks);
    }
}
