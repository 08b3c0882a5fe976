package io.holdfast.proxy.targets;

import java.util.List;

/** Something that names a database, and where it was found. */
public sealed interface Finding {
    /** Where, such as {@code DATABASE_URL}, {@code .env:DATABASE_URL}, {@code config/database.yml:test}. */
    String name();

    /** With which files of variables. */
    View view();

    /**
     * Whether a command that starts the same way reaches no database by it either: what it needs is not set. Then it tells nothing where
     * another view knows more.
     */
    boolean leadsNowhere();

    /** The same, found in that view. */
    Finding in(View other);

    /** The same by another name. */
    Finding called(String other);

    /** For {@code --allow}, unique: the name, and the view if it depends on one: {@code config/database.yml:test[without .env]}. */
    default String label() {
        String words = view().words();
        return words.isEmpty() ? name() : name() + '[' + words + ']';
    }

    /** Whether a person who says this means it: its label; or its name alone, by which it goes where there is no {@code .env}. */
    default boolean isCalled(String said) {
        return said.equals(label()) || (view().usual() && said.equals(name()));
    }

    /** For people, without secrets. */
    default String shown() {
        return switch (this) {
            case Database database -> database.target().masked();
            case Unreadable unreadable -> "(not shown)";
            case PassedOver passedOver -> "(no target)";
        };
    }

    /**
     * A target.
     *
     * @param others the same servers and database, with the logins of other views; one of them may get in where the first does not
     */
    record Database(String name, View view, Target target, List<Target> others) implements Finding {
        public Database {
            others = List.copyOf(others);
        }

        Database(String name, Target target) {
            this(name, View.EVERY, target, List.of());
        }

        @Override
        public boolean leadsNowhere() {
            return false;
        }

        @Override
        public Database in(View other) {
            return new Database(name, other, target, others);
        }

        @Override
        public Database called(String other) {
            return new Database(other, view, target, others);
        }
    }

    /**
     * It names a database, or would, and cannot be understood.
     *
     * @param problem why not, without secrets
     */
    record Unreadable(String name, View view, String problem, boolean leadsNowhere) implements Finding {
        Unreadable(String name, String problem) {
            this(name, View.EVERY, problem, false);
        }

        Unreadable(String name, TargetProblem problem) {
            this(name, View.EVERY, problem.getMessage(), problem.leadsNowhere());
        }

        /** Its framework cannot do anything with it either. */
        static Unreadable leadingNowhere(String name, String problem) {
            return new Unreadable(name, View.EVERY, problem, true);
        }

        @Override
        public Unreadable in(View other) {
            return new Unreadable(name, other, problem, leadsNowhere);
        }

        @Override
        public Unreadable called(String other) {
            return new Unreadable(other, view, problem, leadsNowhere);
        }
    }

    /**
     * It looks like the name of a database and is none that could be asked: it is for another product, or its variable is not set.
     *
     * @param why completes "not looked at:"
     */
    record PassedOver(String name, View view, String why, boolean leadsNowhere) implements Finding {
        PassedOver(String name, String why) {
            this(name, View.EVERY, why, false);
        }

        /** Something that it needs is not set. */
        static PassedOver unset(String name, String what) {
            return new PassedOver(name, View.EVERY, what + ", so it names no database", true);
        }

        @Override
        public PassedOver in(View other) {
            return new PassedOver(name, other, why, leadsNowhere);
        }

        @Override
        public PassedOver called(String other) {
            return new PassedOver(other, view, why, leadsNowhere);
        }
    }
}
