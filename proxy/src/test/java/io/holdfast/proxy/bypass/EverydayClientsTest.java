package io.holdfast.proxy.bypass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is asked about what psql, pg_dump, drivers and tools send by themselves, and their reads are reads. */
class EverydayClientsTest {
    /** A line of {@code clients.txt}. */
    record Sent(StatementClass atMost, String sql) {}

    static List<Sent> sent() {
        return Attempt.resource("clients.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 2))
                .map(fields -> new Sent(StatementClass.valueOf(fields[0]), fields[1].replace('␊', '\n')))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sent")
    void itIsNotTakenForMoreThanItIs(Sent sent) {
        byte[] bytes = sent.sql().getBytes(UTF_8);
        SqlFacts facts = StatementReader.read(bytes, 0, bytes.length);
        assertThat(facts.statementClass()).as(facts.toString()).isLessThanOrEqualTo(sent.atMost());
    }
}
