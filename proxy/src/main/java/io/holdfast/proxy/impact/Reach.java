package io.holdfast.proxy.impact;

import java.util.Optional;

/**
 * A table to which a foreign key leads.
 *
 * @param table and how large it is
 * @param effect on its rows
 * @param depth 1: it references a table that the statement names
 * @param constraint the foreign key's name
 * @param from the table that is referenced, with its schema
 */
public record Reach(TableSize table, Effect effect, int depth, String constraint, String from) {
    /** What happens there. */
    public enum Effect {
        DELETES_ROWS("rows are deleted along"),
        SETS_NULL("references are set to NULL"),
        SETS_DEFAULT("references are set to their default"),
        UPDATES_KEYS("references follow the changed key"),
        TRUNCATES("is emptied along"),
        DROPS_CONSTRAINT("loses its foreign key"),
        REFUSES("stops it while rows there refer to what would go");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        /** For people, behind the table's name. */
        public String words() {
            return words;
        }

        /** The lock that is taken there. */
        LockMode lock() {
            return switch (this) {
                case DELETES_ROWS, SETS_NULL, SETS_DEFAULT, UPDATES_KEYS -> LockMode.ROW_EXCLUSIVE;
                case TRUNCATES, DROPS_CONSTRAINT -> LockMode.ACCESS_EXCLUSIVE;
                case REFUSES -> LockMode.ROW_SHARE;
            };
        }

        /** As triggers see it; empty: they see nothing. */
        Optional<Verb> event() {
            return switch (this) {
                case DELETES_ROWS -> Optional.of(Verb.DELETE);
                case SETS_NULL, SETS_DEFAULT, UPDATES_KEYS -> Optional.of(Verb.UPDATE);
                case TRUNCATES -> Optional.of(Verb.TRUNCATE);
                case DROPS_CONSTRAINT, REFUSES -> Optional.empty();
            };
        }

        /** Whether something there changes. */
        public boolean changes() {
            return this != REFUSES;
        }
    }
}
