package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditEntry.Unit;
import io.holdfast.proxy.statement.StatementClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditJsonTest {
    @Test
    void aLineTellsWhoSentWhatAndWhereItWent() {
        assertThat(line(AuditEntries.forwarded("UPDATE t SET a = 1 WHERE id = 2")))
                .isEqualTo("{\"seq\":1,\"prev\":\"" + "0".repeat(64) + "\",\"time\":\"2026-03-13T12:00:00Z\","
                        + "\"kind\":\"forwarded\",\"session\":\"s-12\",\"user\":\"dev\",\"person\":\"dev\","
                        + "\"address\":\"192.0.2.7\",\"application\":\"psql\",\"database\":\"shop\",\"class\":\"write\","
                        + "\"text\":\"UPDATE t SET a = 1 WHERE id = 2\",\"values\":[],\"rule\":\"guardrail\","
                        + "\"route\":\"primary\"}");
    }

    @Test
    void decidersAndOutcomeAreThere() {
        AuditEntry entry = AuditEntry.of(AuditEntries.NOON, Kind.OUTCOME, null, null)
                .withHold(
                        new HoldId("H-7K2M"),
                        List.of(
                                new Vote("bo", true, null, AuditEntries.NOON, Channel.CONSOLE),
                                new Vote("ann", true, "as agreed", AuditEntries.NOON, Channel.CONSOLE)))
                .withOutcome(new Outcome.Completed("INSERT 0 5", Duration.ofMillis(3)));

        assertThat(line(entry))
                .endsWith("\"kind\":\"outcome\",\"hold\":\"H-7K2M\",\"votes\":["
                        + "{\"person\":\"bo\",\"verdict\":\"approve\",\"at\":\"2026-03-13T12:00:00Z\",\"channel\":\"console\"},"
                        + "{\"person\":\"ann\",\"verdict\":\"approve\",\"reason\":\"as agreed\","
                        + "\"at\":\"2026-03-13T12:00:00Z\",\"channel\":\"console\"}],"
                        + "\"outcome\":{\"tag\":\"INSERT 0 5\",\"rows\":5,\"micros\":3000}}");
    }

    @Test
    void aTagWithoutRowsHasNone() {
        AuditEntry entry = AuditEntry.of(AuditEntries.NOON, Kind.OUTCOME, null, null)
                .withOutcome(new Outcome.Completed("TRUNCATE TABLE", Duration.ofNanos(1_500)));

        assertThat(line(entry)).endsWith("\"outcome\":{\"tag\":\"TRUNCATE TABLE\",\"micros\":1}}");
    }

    @Test
    void nothingInALineIsAnythingButPrintableAscii() throws Exception {
        String hostile = "SELECT '\n\r\t\0\u001b[2K\u007f\u0085\u202e\u200b\u2028\u00e9\ud83d\ude00' -- \ud800 alone";

        String line = line(AuditEntries.forwarded(hostile));

        assertThat(line).matches("[\\x20-\\x7e]+");
        assertThat(new ObjectMapper().readTree(line).get("text").textValue()).isEqualTo(hostile);
    }

    @Test
    void secretsAreTakenOutOfTextValuesAndErrors() {
        AuditEntry entry = AuditEntries.forwarded("ALTER ROLE bo PASSWORD 'hunter2'")
                .withOutcome(new Outcome.Failed("XX000", "connection to \"password=hunter2\" failed", Duration.ZERO));
        AuditEntry values = AuditEntry.of(
                AuditEntries.NOON,
                Kind.FORWARDED,
                null,
                new Unit(
                        "SELECT dblink_connect($1, $2)",
                        Arrays.asList("host=x password=hunter2", null),
                        StatementClass.ADMIN));

        assertThat(line(entry)).doesNotContain("hunter2");
        assertThat(line(values)).doesNotContain("hunter2").contains("[\"host=x password=<redacted>\",null]");
    }

    private static String line(AuditEntry entry) {
        return new String(AuditJson.line(Tail.NONE, entry), StandardCharsets.UTF_8);
    }
}
