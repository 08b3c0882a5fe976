package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SqlFacts;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement as the client made it. Compared by identity: two Parse messages make two statements, whatever they say.
 */
final class PreparedStatement {
    /** The client leaves the type to the server. */
    static final int UNDECLARED = 0;

    /** Says the same, in pg_type's words. */
    private static final int UNKNOWN = 705;

    private final String name;
    private final byte[] sql;
    private final int[] parameterTypes;
    private final SqlFacts facts;
    private final Description description = new Description(this);
    private @Nullable RowShape shape;
    private int @Nullable [] toldTypes;
    private @Nullable Leg toldBy;

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

    /** Type of a parameter, counted from 0, by OID as far as the client has declared it or the server has said it; else {@link #UNDECLARED}. */
    int type(int parameter) {
        int declared = declaredType(parameter);
        int[] told = toldTypes;
        return declared != UNDECLARED || told == null || parameter >= told.length ? declared : told[parameter];
    }

    private int declaredType(int parameter) {
        int type = parameter < parameterTypes.length ? parameterTypes[parameter] : UNDECLARED;
        return type == UNKNOWN ? UNDECLARED : type;
    }

    /** Whether the client has left some of the first {@code count} types to the server. */
    boolean leavesTypesOpen(int count) {
        for (int i = 0; i < count; i++) {
            if (declaredType(i) == UNDECLARED) {
                return true;
            }
        }
        return false;
    }

    /** A server says of which types its parameters are there. */
    void typesAre(int[] types, Leg leg) {
        toldTypes = types;
        toldBy = leg;
    }

    /** Forgets what was said of its parameters, unless it was said by this leg of the statement that it has. */
    void keepsTypesOf(@Nullable Leg leg) {
        if (leg == null || toldBy != leg || leg.prepared(name) != this) {
            toldTypes = null;
            toldBy = null;
        }
    }

    /** Whether a server's word on its parameters is kept. */
    boolean hasTypes() {
        return toldTypes != null;
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
