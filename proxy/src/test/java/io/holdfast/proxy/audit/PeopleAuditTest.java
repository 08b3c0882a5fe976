package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.LoginObserver.Result;
import io.holdfast.proxy.approval.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do beside deciding holds: they come in, they freeze and they thaw. */
class PeopleAuditTest {
    private static final String OFFICE = "10.1.2.3";

    @TempDir
    private Path directory;

    private final FakeTime time = new FakeTime();

    private interface Work {
        void with(AuditLog log);
    }

    /** Kind, person or user, channel, address and note of every entry but the first. */
    private List<String> recorded(Work work) throws IOException {
        Path file = directory.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.open(file, Long.MAX_VALUE, AuditEntries.CLOCK)) {
            work.with(log);
        }
        List<String> told = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            JsonNode json = new ObjectMapper().readTree(line);
            told.add(String.join(
                            " ",
                            json.path("kind").asText(),
                            json.path("person")
                                    .asText(
                                            json.path("user").asText().isEmpty()
                                                    ? "?"
                                                    : "user "
                                                            + json.path("user").asText()),
                            json.path("channel").asText(),
                            json.path("address").asText(),
                            json.path("note").asText(""))
                    .strip());
        }
        return told;
    }

    @Test
    void freezesAndThawsAreOnRecordWithPersonChannelAndAddress() throws IOException {
        assertThat(recorded(log -> {
                    FreezeService freezes = new FreezeService(
                            new MemoryStore(time.clock().wall()),
                            HoldLimits.DEFAULT,
                            time.clock(),
                            List.of(new FreezeAudit(log, AuditEntries.CLOCK)));
                    freezes.freeze(Holds.at(Holds.BO), FreezeMode.NOW, null, "the disk is full");
                    freezes.freeze(Holds.at(Holds.BO), FreezeMode.WAIT, null, "a little room");
                    freezes.freeze(Holds.at(Holds.ANN), FreezeMode.WAIT, null, "room enough");
                    freezes.thaw(Holds.at(Holds.BO), null);
                    freezes.thaw(Holds.at(Holds.DEV), null);
                    freezes.thaw(Holds.at(Holds.ANN), null);
                }))
                .containsExactly(
                        "frozen bo console 10.1.2.3 all databases (now): the disk is full",
                        "ease bo console 10.1.2.3 all databases, from now to wait",
                        "frozen ann console 10.1.2.3 all databases (wait): room enough",
                        "thaw bo console 10.1.2.3 all databases",
                        "thaw ann console 10.1.2.3 all databases",
                        "thawed ann console 10.1.2.3 all databases, by bo and ann");
    }

    @Test
    void loginsAreOnRecordWhateverCameOfThem() throws IOException {
        assertThat(recorded(log -> {
                    LoginAudit logins = new LoginAudit(log, time.clock().wall());
                    logins.observed(Result.SUCCEEDED, Channel.WEB, "bo", "", OFFICE);
                    logins.observed(Result.FAILED, Channel.WEB, null, "", "192.0.2.9");
                    logins.observed(Result.THROTTLED, Channel.WEB, null, "", "192.0.2.9");
                    logins.observed(Result.FAILED, Channel.CONSOLE, null, "mallory", "192.0.2.9");
                    logins.observed(Result.SUCCEEDED, Channel.HTTP, "ann", "", OFFICE);
                }))
                .containsExactly(
                        "login bo web 10.1.2.3",
                        "login_failed ? web 192.0.2.9",
                        "login_throttled ? web 192.0.2.9",
                        "login_failed user mallory console 192.0.2.9",
                        "login ann http 10.1.2.3");
    }

    @Test
    void whatIsLikeTheLastIsCountedAndToldWithTheNext() throws IOException {
        assertThat(recorded(log -> {
                    LoginAudit logins = new LoginAudit(log, time.clock().wall());
                    for (int i = 0; i < 5; i++) {
                        logins.observed(Result.FAILED, Channel.HTTP, null, "", OFFICE);
                        logins.observed(Result.SUCCEEDED, Channel.HTTP, "ann", "", OFFICE);
                    }
                    time.pass(LoginAudit.ALIKE);
                    logins.observed(Result.FAILED, Channel.HTTP, null, "", OFFICE);
                    logins.observed(Result.SUCCEEDED, Channel.HTTP, "ann", "", OFFICE);
                    time.pass(LoginAudit.ALIKE_API.minus(LoginAudit.ALIKE));
                    logins.observed(Result.SUCCEEDED, Channel.HTTP, "ann", "", OFFICE);
                }))
                .containsExactly(
                        "login_failed ? http 10.1.2.3",
                        "login ann http 10.1.2.3",
                        "login_failed ? http 10.1.2.3 and 4 like it before",
                        "login ann http 10.1.2.3 and 5 like it before");
    }

    /** Whoever has many addresses must not fill the disk, nor hide who got in. */
    @Test
    void moreFailuresThanAMinuteMayHaveAreCounted() throws IOException {
        List<String> told = recorded(log -> {
            LoginAudit logins = new LoginAudit(log, time.clock().wall());
            for (int i = 0; i < LoginAudit.MOST_FAILURES + 40; i++) {
                logins.observed(Result.FAILED, Channel.HTTP, null, "", "192.0.2." + i);
            }
            logins.observed(Result.SUCCEEDED, Channel.WEB, "bo", "", OFFICE);
            time.pass(Duration.ofMinutes(1));
            logins.observed(Result.FAILED, Channel.HTTP, null, "", "192.0.2.1");
        });

        assertThat(told).hasSize(LoginAudit.MOST_FAILURES + 2);
        assertThat(told)
                .endsWith(
                        "login bo web 10.1.2.3 40 other failures are not on record one by one",
                        "login_failed ? http 192.0.2.1");
    }
}
