package io.holdfast.protocol.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.startup.StartupOptions.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupOptionsTest {
    @Test
    void threeFormsAreUnderstood() {
        assertThat(StartupOptions.parse("-c work_mem=4MB -csearch_path=a,b --statement-timeout=7s"))
                .containsExactly(
                        new Setting("work_mem", "4MB"),
                        new Setting("search_path", "a,b"),
                        new Setting("statement_timeout", "7s"));
    }

    @Test
    void namesAreSpelledTheServersWay() {
        assertThat(StartupOptions.parse("-c Search-PATH=A-B")).containsExactly(new Setting("search_path", "A-B"));
    }

    @Test
    void aBackslashKeepsABlankInAWord() {
        assertThat(StartupOptions.parse("-c application_name=a\\ b\\\\c\\d"))
                .containsExactly(new Setting("application_name", "a b\\cd"));
    }

    @Test
    void everyBlankSeparates() {
        assertThat(StartupOptions.parse(" \t-c\n\u000ba=1\f\r ")).containsExactly(new Setting("a", "1"));
    }

    @Test
    void aNoBreakSpaceDoesNot() {
        assertThat(StartupOptions.parse("-c a=1\u00a0-c")).containsExactly(new Setting("a", "1\u00a0-c"));
    }

    @Test
    void aBackslashAtTheEndIsDropped() {
        assertThat(StartupOptions.parse("-c a=1\\")).containsExactly(new Setting("a", "1"));
    }

    @Test
    void onlyTheFirstEqualsSignCounts() {
        assertThat(StartupOptions.parse("-c a=b=c --x="))
                .containsExactly(new Setting("a", "b=c"), new Setting("x", ""));
    }

    @Test
    void nothingIsNothing() {
        assertThat(StartupOptions.parse("  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-c", "--", "-c a", "--a", "-c =1", "--=1", "-d 5", "-W 1", "-Nc a=1", "a=1", "-", "\\", "-ca"})
    void anythingElseIsAViolation(String options) {
        assertThatThrownBy(() -> StartupOptions.parse(options)).isInstanceOf(ProtocolViolation.class);
    }
}
