package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SqlFacts;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement as the client made it. Compared by identity: two Parse messages make two statements, whatever they say.
 */
final class PreparedStatement {
    private final String name;
    private final byte[] sql;
    private final int[] parameterTypes;
    private final SqlFacts facts;
    private final Description description = new Description(this);
    private @Nullable RowShape shape;

    /**
     * Takes ownership of the arrays.
     *
     * @param name byte-exact, ISO 8859-1; empty for the unnamed one
     * @param sql exact bytes of the text
     * @param parameterTypes type OIDs as the client gave them
     */
    PreparedStatement(String name, byte[] sql, int[] parameterTypes, SqlFacts facts) {
        this.name = name;
        this.sql = sql;
        this.parameterTypes = parameterTypes;
        this.facts = facts;
    }

    String name() {
        return name;
    }

    byte[] sql() {
        return sql;
    }

    int[] parameterTypes() {
        return parameterTypes;
    }

    SqlFacts facts() {
        return facts;
    }

    /** Stands for a Describe of it. */
    Description description() {
        return description;
    }

    /** What the client was told of its rows; null: nothing yet. */
    @Nullable
    RowShape shape() {
        return shape;
    }

    /** The client is told. */
    void describedAs(RowShape told) {
        shape = told;
    }
}
