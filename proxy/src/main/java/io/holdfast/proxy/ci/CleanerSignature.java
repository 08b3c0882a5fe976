package io.holdfast.proxy.ci;

import io.holdfast.proxy.ci.CleanerStep.Hand;
import io.holdfast.proxy.ci.CleanerStep.Kind;
import io.holdfast.proxy.statement.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Recognises what test suites send to empty a database, in whatever language they are written. It gives it a name, and decides nothing: a
 * person's {@code TRUNCATE orders} is no cleaner's, and is no less dangerous. Pure.
 */
public final class CleanerSignature {
    /** One after the other, this many are hardly a person's. */
    static final int MANY = 3;

    /** In one statement, this many are hardly a person's, even without quotes. */
    static final int MANY_AT_ONCE = 5;

    /**
     * What else is known.
     *
     * @param application application_name of the client, empty if none
     * @param listedTables the client has just asked the catalog what there is
     */
    public record Circumstances(String application, boolean listedTables) {
        boolean isFrom(String tool) {
            return application.toLowerCase(Locale.ROOT).contains(tool);
        }
    }

    private final List<CleanerStep> now;
    private final List<CleanerStep> all;
    private final Circumstances circumstances;

    private CleanerSignature(List<CleanerStep> now, List<CleanerStep> before, Circumstances circumstances) {
        this.now = now;
        this.all = new ArrayList<>(before);
        this.all.addAll(now);
        this.circumstances = circumstances;
    }

    /**
     * What a unit looks like.
     *
     * @param now its steps
     * @param before what the session has tried just before, whatever became of it
     * @return such as {@code a test suite's cleaner (Database Cleaner's truncation: 14 tables in one statement)}
     */
    public static Optional<String> of(List<CleanerStep> now, List<CleanerStep> before, Circumstances circumstances) {
        CleanerSignature signature = new CleanerSignature(now, before, circumstances);
        return Stream.<Supplier<Optional<String>>>of(
                        signature::flyway,
                        signature::wholeDatabase,
                        signature::hibernate,
                        signature::truncation,
                        signature::drop,
                        signature::triggers,
                        signature::oneByOne,
                        signature::block)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .map(whose -> "a test suite's cleaner (" + whose + ')');
    }

    private Optional<String> flyway() {
        return circumstances.isFrom("flyway")
                        && now.stream().anyMatch(step -> switch (step.kind()) {
                            case DROP -> step.hand() == Hand.QUALIFIED || step.hand() == Hand.TOOL;
                            case DROP_SCHEMA -> step.hand() != Hand.PLAIN;
                            case TRUNCATE,
                                    DELETE,
                                    DROP_DATABASE,
                                    DROP_CONSTRAINT,
                                    TRIGGERS_OFF,
                                    TRIGGERS_ON,
                                    REPLICA_ROLE,
                                    BLOCK -> false;
                        })
                ? Optional.of("Flyway's clean: it drops all that is in a schema")
                : Optional.empty();
    }

    private Optional<String> wholeDatabase() {
        if (now.stream().anyMatch(step -> step.kind() == Kind.DROP_DATABASE && step.hand() != Hand.PLAIN)) {
            return Optional.of(
                    "a program drops a whole database, as Rails' db:drop, Django's test runner and Prisma do");
        }
        boolean schema = now.stream()
                .anyMatch(step -> step.kind() == Kind.DROP_SCHEMA
                        && (step.hand() != Hand.PLAIN
                                || step.names().stream()
                                        .anyMatch(name -> name.name().equals("public"))));
        return schema
                ? Optional.of("a schema is dropped with all that is in it, as by Prisma's migrate reset")
                : Optional.empty();
    }

    private Optional<String> hibernate() {
        boolean begun = all.stream().anyMatch(step -> step.kind() == Kind.DROP_CONSTRAINT && step.hand() == Hand.TOOL);
        return begun && now.stream().anyMatch(step -> step.kind() == Kind.DROP_CONSTRAINT || step.kind() == Kind.DROP)
                ? Optional.of("Hibernate's create-drop: it drops foreign keys, then tables")
                : Optional.empty();
    }

    /** In one statement. */
    private Optional<String> truncation() {
        for (CleanerStep step : now) {
            if (step.kind() == Kind.TRUNCATE && (isMany(step) || isOneOfAProgram(step))) {
                String whose = switch (step.hand()) {
                    case QUALIFIED, TOOL -> "Database Cleaner's truncation: ";
                    case QUOTED -> "a truncation as by Django's flush or Rails' truncate_tables: ";
                    case PLAIN -> "a truncation: ";
                };
                return Optional.of(whose + count(step.names().size(), "table") + " in one statement");
            }
        }
        return Optional.empty();
    }

    private Optional<String> drop() {
        for (CleanerStep step : now) {
            if (step.kind() == Kind.DROP && isMany(step)) {
                return Optional.of("tables are dropped as by Laravel's migrate:fresh: "
                        + count(step.names().size(), "name") + " in one statement");
            }
            if (step.kind() == Kind.DROP && isOneOfAProgram(step)) {
                return Optional.of(
                        "a table is dropped to be made anew, as by Rails' db:schema:load or Sequelize's sync with force");
            }
        }
        return Optional.empty();
    }

    private static boolean isMany(CleanerStep step) {
        int names = step.names().size();
        return names >= MANY_AT_ONCE || (names > 1 && step.hand() != Hand.PLAIN);
    }

    /** Even if there is but one table: in a tool's words, or right after the list of all that there is. */
    private boolean isOneOfAProgram(CleanerStep step) {
        return step.hand() == Hand.TOOL || (step.hand() == Hand.QUALIFIED && circumstances.listedTables());
    }

    private Optional<String> triggers() {
        boolean begins = now.stream().anyMatch(step -> step.kind() == Kind.TRIGGERS_OFF);
        long atOnce = distinct(now, Kind.TRIGGERS_OFF);
        long tables = distinct(sinceTriggersWereOn(), Kind.TRIGGERS_OFF);
        return begins && (atOnce > 1 || tables >= MANY)
                ? Optional.of("the triggers of " + count(tables, "table")
                        + " are switched off, as Rails' fixtures and cleaners do first")
                : Optional.empty();
    }

    /** A restore switches them off and on again, table by table. */
    private List<CleanerStep> sinceTriggersWereOn() {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).kind() == Kind.TRIGGERS_ON) {
                return all.subList(i + 1, all.size());
            }
        }
        return all;
    }

    private Optional<String> oneByOne() {
        boolean empties = now.stream().anyMatch(step -> step.kind() == Kind.TRUNCATE || step.kind() == Kind.DELETE);
        boolean unguarded = sinceTriggersWereOn().stream()
                .anyMatch(step -> step.kind() == Kind.TRIGGERS_OFF || step.kind() == Kind.REPLICA_ROLE);
        long statements = statements(Kind.TRUNCATE, Kind.DELETE);
        if (empties && (statements >= MANY || (statements > 1 && unguarded))) {
            return Optional.of("every row of " + count(distinct(all, Kind.TRUNCATE, Kind.DELETE), "table")
                    + (unguarded ? ", with triggers switched off" : ", one after the other"));
        }
        boolean drops = now.stream().anyMatch(step -> step.kind() == Kind.DROP);
        return drops && statements(Kind.DROP) >= MANY && !circumstances.isFrom("pg_restore")
                ? Optional.of(count(distinct(all, Kind.DROP), "table, view or type", "tables, views or types")
                        + " are dropped one after the other, as by Hibernate's create-drop or SQLAlchemy's drop_all")
                : Optional.empty();
    }

    private Optional<String> block() {
        return now.stream().anyMatch(step -> step.kind() == Kind.BLOCK)
                ? Optional.of("a block of code that looks for tables and empties or drops what it finds")
                : Optional.empty();
    }

    /** About different things: a list in one statement counts once, and so does a second try. */
    private long statements(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return all.stream()
                .filter(step -> wanted.contains(step.kind()))
                .map(CleanerStep::names)
                .distinct()
                .count();
    }

    private static long distinct(List<CleanerStep> steps, Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        Stream<RelationName> names =
                steps.stream().filter(step -> wanted.contains(step.kind())).flatMap(step -> step.names().stream());
        return names.distinct().count();
    }

    private static String count(long number, String one) {
        return count(number, one, one + 's');
    }

    private static String count(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
