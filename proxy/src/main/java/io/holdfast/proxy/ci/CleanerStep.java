package io.holdfast.proxy.ci;

import io.holdfast.proxy.statement.RelationName;
import java.util.List;

/**
 * What one statement does of that which cleaners of test suites do.
 *
 * @param names of what it is about; empty for a setting or a block
 * @param hand who seems to have written it
 */
public record CleanerStep(Kind kind, List<RelationName> names, Hand hand) {
    public CleanerStep {
        names = List.copyOf(names);
    }

    /** What it does. */
    public enum Kind {
        TRUNCATE,
        /** Every row of a table. */
        DELETE,
        /** Tables and what else is in a schema. */
        DROP,
        /** With all that is in it. */
        DROP_SCHEMA,
        DROP_DATABASE,
        /** A foreign key, before its table. */
        DROP_CONSTRAINT,
        TRIGGERS_OFF,
        /** Ends what {@link #TRIGGERS_OFF} began, as a restore does table by table. */
        TRIGGERS_ON,
        /** {@code session_replication_role}: triggers and foreign keys of all tables. */
        REPLICA_ROLE,
        /** A block of code that empties whatever tables it finds. */
        BLOCK
    }

    /** Whose way of writing it is. */
    public enum Hand {
        /** Some name without quotes: a person's, or nobody's in particular. */
        PLAIN,
        /** Every name in quotes. */
        QUOTED,
        /** Every name in quotes, and so its schema. */
        QUALIFIED,
        /** One tool's, word by word. */
        TOOL
    }
}
