package io.holdfast.proxy.statement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the reader answers, and never low. */
class HostileInputTest {
    private static final String[] WORDS = {
        "SELECT",
        "(",
        ")",
        "WITH",
        "x",
        "AS",
        "DELETE",
        "FROM",
        "t",
        "WHERE",
        ",",
        ";",
        "'a'",
        "1",
        "=",
        "EXPLAIN",
        "COPY",
        "TO",
        "STDOUT",
        "INSERT",
        "INTO",
        "VALUES",
        "UPDATE",
        "SET",
        "MERGE",
        "USING",
        "ON",
        "WHEN",
        "MATCHED",
        "THEN",
        "CREATE",
        "TABLE",
        "VIEW",
        "SCHEMA",
        "ALTER",
        "DROP",
        "COLUMN",
        "BEGIN",
        "ATOMIC",
        "END",
        "CASE",
        "FUNCTION",
        "f",
        ".",
        "::",
        "$1",
        "ORDER",
        "BY",
        "LIMIT",
        "FOR",
        "UNION",
        "ALL",
        "PREPARE",
        "EXECUTE",
        "SEQUENCE",
        "TYPE",
        "U&\"\\0074\"",
        "UESCAPE",
        "'!'",
        "[",
        "]",
        "*",
        "JOIN",
        "set_config",
        "crosstab",
        "ts_rewrite",
        "SESSION",
        "AUTHORIZATION",
        "ROLE",
        "RESET",
        "OPERATOR",
        "+",
        "CURRENT",
        "OF",
        "CYCLE"
    };

    @Test
    void randomBytesNeverThrow() {
        Random random = new Random(20180313);
        for (int i = 0; i < 20_000; i++) {
            byte[] sql = new byte[random.nextInt(60)];
            random.nextBytes(sql);
            SqlFacts facts = StatementReader.read(sql, 0, sql.length);
            assertThat(facts.statementClass()).as(new String(sql, ISO_8859_1)).isNotNull();
        }
    }

    @Test
    void randomWordsNeverThrowAndAreNeverAFailureOfTheReader() {
        Random random = new Random(20180313);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder sql = new StringBuilder();
            for (int words = random.nextInt(25); words >= 0; words--) {
                sql.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            for (StatementFacts facts : Sql.read(sql.toString()).statements()) {
                assertThat(facts.reason()).as(sql.toString()).doesNotContain("reader failed");
                assertThat(facts.unparsed())
                        .as(sql.toString())
                        .isEqualTo(facts.command().equals("UNPARSED"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT %s 1 %s",
                "SELECT * FROM %s a %s",
                "DELETE FROM t WHERE %s true %s",
                "%s SELECT 1 %s",
                "CREATE INDEX ON t %s a %s"
            })
    void deepParenthesesAreReadOrRefused(String template) {
        for (int depth : new int[] {1, 50, 5_000, 100_000}) {
            String sql = template.formatted("(".repeat(depth), ")".repeat(depth));
            SqlFacts facts = Sql.read(sql);
            assertThat(facts.statements()).hasSize(1);
        }
    }

    @Test
    void deepQueriesAreRefused() {
        String sql = "SELECT (".repeat(100_000) + "SELECT 1" + ")".repeat(100_000);
        assertThat(Sql.one(sql).unparsed()).isTrue();
        assertThat(Sql.one("SELECT (".repeat(50) + "SELECT 1" + ")".repeat(50)).statementClass())
                .isEqualTo(StatementClass.READ);
        assertThat(Sql.one("EXPLAIN ".repeat(10_000) + "SELECT 1").unparsed()).isTrue();
    }

    @Test
    void longUnionsAreRead() {
        assertThat(Sql.one("SELECT 1" + " UNION ALL SELECT 1".repeat(8_000)).statementClass())
                .isEqualTo(StatementClass.READ);
    }

    @Test
    void aBulkInsertIsRead() {
        assertThat(Sql.one("INSERT INTO t VALUES (1, 2)" + ", (1, 2)".repeat(65_000))
                        .statementClass())
                .isEqualTo(StatementClass.WRITE);
    }

    @Test
    void tooManyTokensAreRefusedAndNotCut() {
        StatementFacts facts = Sql.one("SELECT 1" + ",1".repeat(TokenBuffer.MAX_TOKENS / 2));
        assertThat(facts.unparsed()).isTrue();
        assertThat(facts.statementClass()).isEqualTo(StatementClass.DESTRUCTIVE);
    }

    @Test
    void sqlInsideSqlInsideSqlIsRefusedAtSomeDepth() {
        StringBuilder sql = new StringBuilder("SELECT 1");
        for (int i = 0; i < 100; i++) {
            sql.insert(0, "SELECT ts_stat($a" + i + "$").append("$a").append(i).append("$)");
        }
        assertThat(Sql.one(sql.toString()).unparsed()).isTrue();
    }

    @Test
    void onlyTheGivenRangeIsRead() {
        byte[] sql = "DROP TABLE t; SELECT 1; DROP TABLE t".getBytes(UTF_8);
        assertThat(StatementReader.read(sql, 14, 8).statementClass()).isEqualTo(StatementClass.READ);
        assertThatThrownBy(() -> StatementReader.read(sql, 14, 800)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(Sql.one("INSERT INTO t VALUES (1)").command()).isEqualTo("INSERT");
            assertThat(Sql.one("LISTEN x").command()).isEqualTo("LISTEN");
            assertThat(Sql.one("DISCARD PLANS").command()).isEqualTo("DISCARD PLANS");
            assertThat(Sql.one("SET INTERVALSTYLE = 'ISO_8601'").effect())
                    .isEqualTo(new SessionEffect.Setting("intervalstyle", "ISO_8601", false));
            assertThat(Sql.one("SELECT set_config('DATESTYLE_I', 'I', false)").effect())
                    .isEqualTo(new SessionEffect.Setting("datestyle_i", "I", false));
            assertThat(Sql.classOf("ALTER SYSTEM SET x = 1")).isEqualTo(StatementClass.ADMIN);
            assertThat(Sql.one("SELECT * FROM t FOR UPDATE SKIP LOCKED").reason())
                    .isEqualTo("locks rows: for update");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aVerticalTabIsMentioned() {
        assertThat(Sql.one("SELECT\u000b1").reason()).isEqualTo("only reads (has a vertical tab)");
    }
}
