package io.holdfast.proxy.targets;

/** Something that names a database, and where it was found. */
public sealed interface Finding {
    /** For {@code --allow}, unique: {@code DATABASE_URL}, {@code .env:DATABASE_URL}, {@code config/database.yml:test}. */
    String name();

    /** For people, without secrets. */
    default String shown() {
        return switch (this) {
            case Database(var name, var target) -> target.masked();
            case Unreadable unreadable -> "(not shown)";
            case PassedOver passedOver -> "(no target)";
        };
    }

    /** A target. */
    record Database(String name, Target target) implements Finding {}

    /**
     * It names a database, or would, and cannot be understood.
     *
     * @param problem why not, without secrets
     */
    record Unreadable(String name, String problem) implements Finding {}

    /**
     * It looks like the name of a database and is none that could be asked: it is for another product, or its variable is not set.
     *
     * @param why completes "not looked at:"
     */
    record PassedOver(String name, String why) implements Finding {}
}
