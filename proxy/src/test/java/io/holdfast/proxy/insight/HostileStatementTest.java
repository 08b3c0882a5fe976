package io.holdfast.proxy.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.insight.StatementInsight.Unreadable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to hurt a parser: each gets an answer, takes memory in proportion, and leaves no thread behind. */
class HostileStatementTest {
    /** Of what one text may allocate in all; most of it does not live long. */
    private static final long MAX_ALLOCATED = 128L << 20;

    private static final Duration LIMIT = Duration.ofMillis(500);

    static Stream<String> texts() {
        String[][] repeated = {
            {"DELETE FROM t WHERE ", "(", "a = 1", ")"},
            {"DELETE FROM t WHERE ", "(", "", ""},
            {"DELETE FROM t WHERE ", "f(", "1", ")"},
            {"DELETE FROM t WHERE ", "NOT (", "a", ")"},
            {"DELETE FROM t WHERE a = ", "CASE WHEN a THEN ", "1", " END"},
            {"DELETE FROM t WHERE a IN ", "(SELECT a FROM t WHERE a IN ", "(1)", ")"},
            {"DELETE FROM t USING ", "(SELECT * FROM ", "u", ") x"},
            {"DELETE FROM t USING ", "(", "u", " JOIN v ON true)"},
            {"DELETE FROM t WHERE a ", "", "", " OR a = 1"},
            {"DELETE FROM t WHERE a IN (1", "", "", ", 1"},
            {"DELETE FROM t WHERE a = ", "- ", "1", ""},
            {"DELETE FROM t WHERE ", "NOT ", "a", ""},
            {"DELETE FROM t WHERE ", "a = ANY (SELECT ", "a", ")"},
            {"DELETE FROM t WHERE ", "EXISTS (SELECT 1 FROM u WHERE ", "a", ")"},
            {"UPDATE t SET a = 1 FROM ", "u JOIN ", "v", " ON true"},
            {"SELECT 1 FROM ", "((", "u", ") AS a JOIN v ON true)"},
            {"INSERT INTO t ", "(SELECT 1 UNION ", "SELECT 1", ")"},
            {"DELETE FROM t WHERE a = ", "ARRAY[", "1", "]"},
            {"INSERT INTO t VALUES (1)", "", "", ", (1)"},
            {"WITH ", "a AS (WITH ", "x", ")"},
            {"UPDATE t SET ", "(", "a", ") = (1)"},
            {"", "DELETE FROM t;", "", ""},
            {"DELETE FROM ", "ONLY ", "t", ""},
            {"DELETE FROM ", "ONLY (", "t", ")"},
        };
        return Stream.of(repeated).flatMap(parts -> Stream.of(longest(parts), wide(parts)));
    }

    /** As deep as is allowed, again and again. */
    private static String wide(String... parts) {
        String deep = parts[0] + parts[1].repeat(50) + parts[2] + parts[3].repeat(50);
        int times = Insights.MAX_CHARS / deep.length();
        String where = "DELETE FROM t WHERE ";
        return deep.startsWith(where)
                ? where + (deep.substring(where.length()) + " OR ").repeat(times) + "b"
                : (deep + ";").repeat(times);
    }

    private static String longest(String... parts) {
        int times = (Insights.MAX_CHARS - parts[0].length() - parts[2].length()) / (parts[1] + parts[3]).length();
        return parts[0] + parts[1].repeat(times) + parts[2] + parts[3].repeat(times);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyTextGetsAnAnswer(String text) {
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThat(InsightReader.read(text, System::nanoTime, LIMIT)).isNotEmpty();

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED);
    }

    @Test
    void afterAnOverflowOfTheStackTheNextIsReadAsEver() {
        InsightReader.read(longest("DELETE FROM t WHERE ", "f(", "1", ")"), System::nanoTime, LIMIT);

        assertThat(InsightReaderTest.count("DELETE FROM t")).isEqualTo("SELECT count(*) FROM t");
    }

    @Test
    void timeIsLimitedForTheWholeText() {
        long[] now = {0};
        LongSupplier aMinuteEachTime = () -> now[0] += Duration.ofMinutes(1).toNanos();

        List<StatementInsight> insights = InsightReader.read(
                "DELETE FROM a; DELETE FROM b; DELETE FROM c", aMinuteEachTime, Duration.ofSeconds(150));

        assertThat(insights.get(0)).isInstanceOf(StatementInsight.Details.class);
        assertThat(insights.get(1)).isInstanceOf(StatementInsight.Details.class);
        assertThat(insights.get(2)).isEqualTo(new Unreadable("reading the statements took too long"));
    }

    @Test
    void textsFromRandomWordsNeverBreakIt() {
        String[] words =
                ("DELETE FROM ONLY t USING u JOIN v ON ( ) , ; WHERE RETURNING * UPDATE SET a = 1 'x' E'\\'' $1 WITH"
                                + " AS SELECT IN . [ ] CASE END :: \"q\" U&'z' $$d$$ -- /* INSERT INTO VALUES AND NOT")
                        .split(" ", -1);
        Random random = new Random(7);
        for (int text = 0; text < 3_000; text++) {
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "DELETE FROM t " : "UPDATE t SET a = 1 ");
            for (int word = random.nextInt(20); word > 0; word--) {
                sql.append(words[random.nextInt(words.length)]).append(random.nextInt(5) == 0 ? "\n" : " ");
            }
            assertThat(InsightReader.read(sql.toString(), System::nanoTime, LIMIT))
                    .isNotEmpty();
        }
    }
}
