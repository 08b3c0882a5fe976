package io.holdfast.proxy.impact;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.audit.SecretRedactor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bound values of a held statement, with the types that the server would give them in it. The types in the count alone can be others:
 * {@code $1 = '10'} compares text, unless the client or the rest of the statement has said that $1 is a number. So the statement itself is
 * prepared, which analyses it and runs nothing of it, and its types are taken for the count.
 *
 * @param types as SQL
 * @param literals as SQL
 */
record Values(List<String> types, List<String> literals) {
    /** A statement without any. */
    static final Values NONE = new Values(List.of(), List.of());

    Values {
        types = List.copyOf(types);
        literals = List.copyOf(literals);
    }

    /** Values cannot be put in. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why);
        }

        /** For people. */
        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Those of one statement.
     *
     * @param name for it, not used on this connection before
     */
    static Values of(Connection connection, StatementText statement, String name) throws SQLException, Unusable {
        List<BoundValue> values = statement.values();
        if (values == null) {
            throw new Unusable("it is not certain which values belong to it");
        }
        List<Integer> declared = values.stream().map(BoundValue::type).toList();
        List<String> types = prepared(connection, statement.sql(), name, declared);
        if (types.size() != values.size()) {
            throw new Unusable("it is not certain which values belong to it");
        }
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            literals.add(literal(values.get(i)));
        }
        return new Values(types, literals);
    }

    private static List<String> prepared(Connection connection, String sql, String name, List<Integer> declared)
            throws SQLException {
        try (Statement statement = Statements.plain(connection)) {
            statement.execute("PREPARE " + name + list(names(connection, declared)) + " AS " + sql);
        }
        try (PreparedStatement types = connection.prepareStatement(
                "SELECT parameter_types::text[] FROM pg_catalog.pg_prepared_statements WHERE name = ?")) {
            types.setString(1, name);
            try (ResultSet row = types.executeQuery()) {
                row.next();
                return List.of((String[]) row.getArray(1).getArray());
            }
        }
    }

    /** As SQL; {@code unknown} leaves a type to the server. */
    private static List<String> names(Connection connection, List<Integer> types) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT ARRAY(SELECT CASE WHEN o = 0 THEN 'unknown' ELSE pg_catalog.format_type(o, NULL) END"
                        + " FROM pg_catalog.unnest(?::oid[]) WITH ORDINALITY u (o, n) ORDER BY n)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "oid", types.stream().map(Integer::toUnsignedLong).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Arrays.asList((String[]) row.getArray(1).getArray());
            }
        }
    }

    private static String literal(BoundValue value) throws Unusable {
        String text = value.text();
        if (text == null) {
            return "NULL";
        }
        if (!value.literal()) {
            throw new Unusable("$" + value.parameter() + " cannot be written as it is");
        }
        if (text.contains(SecretRedactor.REDACTED)
                || !SecretRedactor.redactValue(text).equals(text)) {
            throw new Unusable("secrets in $" + value.parameter() + " are not kept");
        }
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** {@code (integer, text)}; empty for none. */
    String typeList() {
        return list(types);
    }

    /** {@code ('1', NULL)}; empty for none. */
    String valueList() {
        return list(literals);
    }

    private static String list(List<String> parts) {
        return parts.isEmpty() ? "" : parts.stream().collect(Collectors.joining(", ", " (", ")"));
    }
}
