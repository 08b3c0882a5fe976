package io.holdfast.proxy.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads texts for tests. */
final class Sql {
    private Sql() {}

    static SqlFacts read(String sql) {
        byte[] bytes = sql.getBytes(UTF_8);
        return StatementReader.read(bytes, 0, bytes.length);
    }

    /** Facts of a text of one statement. */
    static StatementFacts one(String sql) {
        SqlFacts facts = read(sql);
        if (facts.statements().size() != 1) {
            throw new AssertionError("statements: " + facts.statements() + " (expected: 1)");
        }
        return facts.statements().getFirst();
    }

    static StatementClass classOf(String sql) {
        return read(sql).statementClass();
    }
}
