package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts for tests. */
final class Sql {
    private Sql() {}

    /** A text of one statement. */
    static StatementText one(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new StatementText(
                StatementReader.read(bytes, 0, bytes.length).statements().getFirst(),
                sql,
                SqlToken.listOf(sql).orElseThrow(),
                List.of());
    }
}
