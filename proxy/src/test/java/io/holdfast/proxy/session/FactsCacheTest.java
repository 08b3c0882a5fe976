package io.holdfast.proxy.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactsCacheTest {
    private final Meters meters = new Meters();
    private final FactsCache cache = new FactsCache(meters, 100_000);

    @Test
    void textIsReadOnceHoweverOftenItComes() {
        SqlFacts first = cache.read(bytes("SELECT $1"));

        assertThat(cache.read(bytes("SELECT $1"))).isSameAs(first);
        assertThat(cache.read(bytes("SELECT $1 "))).isNotSameAs(first);
        assertThat(meters.prometheusText())
                .contains("holdfast_facts_lookups_total{result=\"hit\"} 1.0")
                .contains("holdfast_facts_lookups_total{result=\"miss\"} 2.0");
    }

    @Test
    void textsOfTheSameHashAreToldApart() {
        byte[] read = bytes("SELECT 1 -- BB");
        byte[] alsoRead = bytes("SELECT 1 -- Aa");
        byte[] drop = bytes("DROP TABLE BBBB");
        byte[] otherDrop = bytes("DROP TABLE AaBB");
        assertThat(Arrays.hashCode(read)).isEqualTo(Arrays.hashCode(alsoRead));
        assertThat(Arrays.hashCode(drop)).isEqualTo(Arrays.hashCode(otherDrop));

        assertThat(cache.read(read)).isNotSameAs(cache.read(alsoRead));
        assertThat(cache.read(drop).statements().getFirst().relations()).hasToString("[bbbb]");
        assertThat(cache.read(otherDrop).statements().getFirst().relations()).hasToString("[aabb]");
    }

    @Test
    void dangerousTextWithTheHashOfAHarmlessOneStaysDangerous() {
        byte[] drop = bytes("DROP TABLE t --");
        byte[] harmless = withHash("SELECT 1 --", Arrays.hashCode(drop));
        cache.read(harmless);

        assertThat(cache.read(harmless).statementClass()).isEqualTo(StatementClass.READ);
        assertThat(cache.read(drop).statementClass()).isEqualTo(StatementClass.DESTRUCTIVE);
    }

    @Test
    void factsAreThoseOfTheReader() {
        for (String sql : List.of("", "DELETE FROM a; SELECT f(1)", "SELECT FROM WHERE", "SET x = 1")) {
            byte[] text = bytes(sql);
            SqlFacts facts = StatementReader.read(text, 0, text.length);
            assertThat(cache.read(text)).isEqualTo(facts);
            assertThat(cache.read(text)).isEqualTo(facts);
        }
    }

    @Test
    void longTextIsNotKept() {
        byte[] longest = bytes("SELECT 1" + " ".repeat(FactsCache.MAX_TEXT - 8));
        byte[] tooLong = bytes("SELECT 1" + " ".repeat(FactsCache.MAX_TEXT - 7));

        assertThat(cache.read(longest)).isSameAs(cache.read(longest));
        assertThat(cache.read(tooLong)).isNotSameAs(cache.read(tooLong));
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void entriesAreBoundedByBytes() {
        for (int i = 0; i < 10_000; i++) {
            cache.read(bytes("SELECT " + i));
        }
        assertThat(cache.size()).isBetween(50L, 200L);

        for (int i = 0; i < 1_000; i++) {
            cache.read(bytes("SELECT " + i + " ".repeat(4_000)));
            cache.read(bytes("SELECT " + i + " ".repeat(4_000)));
        }
        assertThat(cache.size()).isLessThan(125);
    }

    @Test
    void manyThreadsGetTheFactsOfTheirOwnTexts() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            tasks.add(() -> IntStream.range(0, 20_000).allMatch(i -> {
                String name = "t" + i % 300; // more than there is room for
                SqlFacts facts = cache.read(bytes("SELECT * FROM " + name));
                return facts.statements().getFirst().relations().toString().equals('[' + name + ']');
            }));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    /** A text that starts so, the rest being a comment, and has this hash. */
    private static byte[] withHash(String start, int hash) {
        byte[] text = Arrays.copyOf(bytes(start), start.length() + 9);
        long want = hash & 0xffff_ffffL;
        // The nine free bytes are digits of a number in base 31, each from 33 up to 63 and so printable.
        byte[] head = Arrays.copyOf(text, text.length);
        Arrays.fill(head, start.length(), text.length, (byte) 33);
        long rest = (want - Arrays.hashCode(head)) & 0xffff_ffffL;
        for (int i = text.length - 1; i >= start.length(); i--) {
            text[i] = (byte) (33 + rest % 31);
            rest /= 31;
        }
        assertThat(Arrays.hashCode(text)).isEqualTo(hash);
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
