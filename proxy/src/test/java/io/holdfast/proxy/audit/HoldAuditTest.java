package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.MemoryStore;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.audit.AuditEntry.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldAuditTest {
    @TempDir
    Path directory;

    @Test
    void whoReleasesAloneIsOnRecordBeforeItRuns() throws Exception {
        Path file = directory.resolve("audit.jsonl");
        FakeTime time = new FakeTime();
        try (AuditLog log = AuditLog.open(file, Long.MAX_VALUE, AuditEntries.CLOCK)) {
            HoldAudit audit = new HoldAudit(log, AuditEntries.CLOCK);
            HoldService holds = new HoldService(
                    new MemoryStore(time.clock().wall()),
                    Holds.GRANT_TTL,
                    HoldLimits.DEFAULT,
                    time.clock(),
                    time.timer(),
                    new Random(3),
                    List.of(audit));
            HoldId id = holds.openDetached(Holds.request("TRUNCATE account"), Holds.TWO)
                    .orElseThrow()
                    .id();
            holds.breakGlass(id, Holds.EVE, Channel.CONSOLE, "nobody answers the phone");
            holds.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"));
            audit.released(holds.find(id).orElseThrow(), new Client("s-99", "dev", "dev", "192.0.2.8", "psql", "shop"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        List<String> lines = Files.readAllLines(file);
        String vote =
                "\"person\":\"eve\",\"verdict\":\"break-glass\",\"reason\":\"nobody answers the phone\",\"at\":\"2026-03-13T09:00:00Z\","
                        + "\"channel\":\"console\"";
        assertThat(lines.get(2)).contains("\"kind\":\"glass_broken\"", vote);
        assertThat(lines.get(4)).contains("\"kind\":\"released\"", vote);
    }

    @Test
    void aHoldIsOnRecordFromOpeningToOutcome() throws Exception {
        Path file = directory.resolve("audit.jsonl");
        FakeTime time = new FakeTime();
        try (AuditLog log = AuditLog.open(file, Long.MAX_VALUE, AuditEntries.CLOCK)) {
            HoldAudit audit = new HoldAudit(log, AuditEntries.CLOCK);
            HoldService holds = new HoldService(
                    new MemoryStore(time.clock().wall()),
                    Holds.GRANT_TTL,
                    HoldLimits.DEFAULT,
                    time.clock(),
                    time.timer(),
                    new Random(3),
                    List.of(audit));
            HoldId id = holds.openDetached(Holds.request("TRUNCATE account"), Holds.TWO)
                    .orElseThrow()
                    .id();
            holds.approve(id, Holds.BO, Channel.CONSOLE, null);
            holds.approve(id, Holds.ANN, Channel.CONSOLE, "as agreed");
            holds.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"));
            audit.released(holds.find(id).orElseThrow(), new Client("s-99", "dev", "dev", "192.0.2.8", "psql", "shop"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            holds.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(4)));
        }

        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(file).subList(1, 7)) {
            JsonNode json = new ObjectMapper().readTree(line);
            told.add(json.get("kind").textValue()
                    + ' '
                    + json.get("session").textValue()
                    + ' '
                    + json.path("text").asText("-")
                    + ' '
                    + json.get("votes").size());
        }
        assertThat(told)
                .containsExactly(
                        "held s-12 TRUNCATE account 0",
                        "vote s-12 - 1",
                        "vote s-12 - 2",
                        "granted s-12 - 2",
                        "released s-99 TRUNCATE account 2",
                        "outcome s-12 - 2");
    }
}
