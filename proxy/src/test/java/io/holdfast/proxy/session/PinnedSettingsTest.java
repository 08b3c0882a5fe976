package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"UTF8", "utf-8", "Unicode", "LATIN1", "iso_8859-15", "SQL_ASCII", "EUC_JP", "WIN1252", "KOI8-R"})
    void encodingsInWhichAsciiIsAsciiMayBeSet(String encoding) {
        assertThat(PinnedSettings.objection("client_encoding", encoding)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SJIS", "Shift_JIS", "mskanji", "ShiftJIS", "WIN932", "Windows932", "SHIFT_JIS_2004", "BIG5", "WIN950",
                "Windows950", "GBK", "WIN936", "Windows936", "GB18030", "UHC", "WIN949", "Windows949", "JOHAB",
                "MULE_INTERNAL", "nonsense", "", "'sjis'"
            })
    void allOthersMayNotWhateverTheyAreCalled(String encoding) { // L-20
        assertThat(PinnedSettings.objection("client_encoding", encoding)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "ON", "true", "yes", "1"})
    void stringsMayConform(String value) {
        assertThat(PinnedSettings.objection("standard_conforming_strings", value))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false", "no", "0", "of", "f", "n", "nonsense", ""})
    void stringsMustNotStopConforming(String value) { // L-21
        assertThat(PinnedSettings.objection("standard_conforming_strings", value))
                .isNotNull();
    }

    @Test
    void triggersStayOn() {
        assertThat(PinnedSettings.objection("session_replication_role", "origin"))
                .isNull();
        assertThat(PinnedSettings.objection("session_replication_role", "replica"))
                .isNotNull();
        assertThat(PinnedSettings.objection("session_replication_role", "local"))
                .isNotNull();
    }

    @Test
    void everyOtherSettingIsFree() {
        assertThat(PinnedSettings.objection("work_mem", "1MB")).isNull();
    }
}
