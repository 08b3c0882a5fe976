package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.SessionEffect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsJournalTest {
    private final SettingsJournal journal = new SettingsJournal();

    @Test
    void aLegIsGivenWhatItLacksOldestFirst() {
        change("work_mem", "set work_mem = 1");
        long applied = journal.sequence();
        change("search_path", "set search_path = a");
        change("timezone", "set timezone = 'UTC'");
        assertThat(since(applied)).containsExactly("set search_path = a", "set timezone = 'UTC'");
        assertThat(since(journal.sequence())).isEmpty();
    }

    @Test
    void aLaterChangeReplacesAnEarlierOne() {
        change("work_mem", "set work_mem = 1");
        change("search_path", "set search_path = a");
        change("work_mem", "set work_mem = 2");
        assertThat(since(0)).containsExactly("set search_path = a", "set work_mem = 2");
    }

    @Test
    void howeverOftenSettingsChangeTheJournalStaysSmall() {
        for (int i = 0; i < 10_000; i++) {
            change("work_mem", "set work_mem = " + i);
        }
        assertThat(since(0)).containsExactly("set work_mem = 9999");
    }

    @Test
    void behindAResetNothingEarlierMatters() {
        change("work_mem", "set work_mem = 1");
        journal.reset();
        change("search_path", "set search_path = a");
        assertThat(since(0)).containsExactly("RESET ALL", "set search_path = a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role",
                "session_authorization",
                "session_replication_role",
                "default_transaction_read_only",
                "transaction_read_only",
                "row_security",
                "local_preload_libraries",
                "no_such_setting",
                "my.setting"
            })
    void whatMeansSomethingElseOnAFollowerIsNotMirrored(String name) {
        assertThat(SettingsJournal.mirrors(new SessionEffect.Setting(name, "on", false)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "read uncommitted, true",
        "read committed, true",
        "repeatable read, true",
        ", true",
        "serializable, false",
        "SERIALIZABLE, false"
    })
    void everyIsolationLevelIsMirroredButTheOneThatNoFollowerHas(@Nullable String level, boolean mirrored) {
        assertThat(SettingsJournal.mirrors(new SessionEffect.Setting("default_transaction_isolation", level, false)))
                .isEqualTo(mirrored);
    }

    private void change(String name, String sql) {
        journal.changed(name, sql.getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> since(long applied) {
        return journal.since(applied).stream()
                .map(sql -> new String(sql, StandardCharsets.US_ASCII))
                .toList();
    }
}
