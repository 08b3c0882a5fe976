package io.holdfast.config;

import io.holdfast.config.Upstream.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule as configured. An empty set or list in {@code when} matches everything.
 *
 * @param name unique, shown to people
 * @param when all given conditions must hold
 * @param then what happens to a statement that matches
 */
public record RuleConfig(String name, When when, Action then) {
    /** The statement classes that a condition can name, in their order. */
    public static final List<String> CLASSES =
            List.of("read", "session", "write", "schema", "code", "admin", "destructive");

    /**
     * Conditions, each a set of alternatives.
     *
     * @param classes names of statement classes, lower case: {@code destructive}
     * @param commands as in CommandComplete, upper case: {@code DELETE}, {@code TRUNCATE TABLE}; a first word matches too
     * @param tables {@code name}, {@code schema.name}, {@code *} for any characters; {@code *} alone for everything
     * @param functions as tables
     * @param opaque true: only statements that run code which nobody vouches for, neither PostgreSQL nor the catalog
     * @param users PostgreSQL user names
     * @param persons names from {@code people}
     * @param databases database names
     * @param applications exact application names; a client says what it likes, so this proves nothing about it
     * @param networks client networks as {@link Cidr} reads them
     * @param certificates of the client, patterns as {@link CertificatePattern} has them; who has shown none matches none
     * @param environments what the servers are
     * @param hours when the statement is sent; null: at any time
     * @param rowsOver only statements that would change or remove more rows than this, at least 0; null: any number. Goes with hold and
     *     refuse alone: what is counted before it runs may make an answer stricter, never milder
     */
    public record When(
            Set<String> classes,
            Set<String> commands,
            List<String> tables,
            List<String> functions,
            boolean opaque,
            Set<String> users,
            Set<String> persons,
            Set<String> databases,
            Set<String> applications,
            List<String> networks,
            List<String> certificates,
            Set<Environment> environments,
            @Nullable Hours hours,
            @Nullable Long rowsOver) {
        /** Matches everything. */
        public static final When ANYTHING = new When(
                Set.of(), Set.of(), List.of(), List.of(), false, Set.of(), Set.of(), Set.of(), Set.of(), List.of());

        public When {
            classes = Set.copyOf(classes);
            commands = Set.copyOf(commands);
            tables = List.copyOf(tables);
            functions = List.copyOf(functions);
            users = Set.copyOf(users);
            persons = Set.copyOf(persons);
            databases = Set.copyOf(databases);
            applications = Set.copyOf(applications);
            networks = List.copyOf(networks);
            certificates = List.copyOf(certificates);
            environments = Set.copyOf(environments);
        }

        /** With or without a certificate, in every environment, at any time, for any number of rows. */
        public When(
                Set<String> classes,
                Set<String> commands,
                List<String> tables,
                List<String> functions,
                boolean opaque,
                Set<String> users,
                Set<String> persons,
                Set<String> databases,
                Set<String> applications,
                List<String> networks) {
            this(
                    classes,
                    commands,
                    tables,
                    functions,
                    opaque,
                    users,
                    persons,
                    databases,
                    applications,
                    networks,
                    List.of(),
                    Set.of(),
                    null,
                    null);
        }

        /** The same at these hours only; null: at any time. */
        public When at(@Nullable Hours other) {
            return with(certificates, environments, other, rowsOver);
        }

        /** The same in these environments only; none given: in every one. */
        public When in(Set<Environment> others) {
            return with(certificates, others, hours, rowsOver);
        }

        /** The same for clients with such certificates only; none given: for all clients. */
        public When certified(List<String> patterns) {
            return with(patterns, environments, hours, rowsOver);
        }

        /** The same for statements that touch more rows than this only; null: for any number. */
        public When over(@Nullable Long rows) {
            return with(certificates, environments, hours, rows);
        }

        private When with(List<String> patterns, Set<Environment> others, @Nullable Hours other, @Nullable Long rows) {
            return new When(
                    classes,
                    commands,
                    tables,
                    functions,
                    opaque,
                    users,
                    persons,
                    databases,
                    applications,
                    networks,
                    patterns,
                    others,
                    other,
                    rows);
        }

        /** Whether it says what a statement does: commands, tables or functions. Then a statement can be covered in part. */
        public boolean namesContents() {
            return !commands.isEmpty() || !tables.isEmpty() || !functions.isEmpty();
        }
    }

    /** What a rule answers. */
    public sealed interface Action {
        /** Forwards without asking anybody. */
        record Allow() implements Action {}

        /**
         * Waits for people.
         *
         * @param approvals different people needed, at least 1
         * @param timeout an undecided hold expires after this
         */
        record Hold(int approvals, Duration timeout) implements Action {}

        /**
         * Runs when the time is over unless somebody denies it; two approvals end the wait early.
         *
         * @param delay counted on a monotonic clock
         */
        record Delay(Duration delay) implements Action {}

        /**
         * Answers with an error at once.
         *
         * @param message told to the client; may be empty
         */
        record Refuse(String message) implements Action {}

        /**
         * Says where a statement may run, never whether: the rules behind it decide that.
         *
         * @param target the only kind of server for it
         */
        record Route(Target target) implements Action {}
    }

    /** A kind of server. */
    public enum Target {
        /** Reads, too, go there. */
        PRIMARY,
        /** Nothing goes elsewhere; what cannot run on a follower is refused. */
        FOLLOWER
    }
}
