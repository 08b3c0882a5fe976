package io.holdfast.proxy.ci;

/** With what a database says what it is; for people, without a semicolon. */
public final class Marking {
    private Marking() {}

    /**
     * For one database.
     *
     * @param word such as {@code test}
     */
    public static String ofDatabase(String database, String word) {
        return "ALTER DATABASE " + quoted(database) + " SET holdfast.environment = '" + word + '\'';
    }

    /** For all databases of a server, those to come, too. */
    public static String ofServer(String word) {
        return "ALTER ROLE ALL SET holdfast.environment = '" + word + '\'';
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
