package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM t WHERE a IS NULL AND b IS NOT NULL",
                "SELECT count(*) FROM t WHERE a = coalesce(b, NULL)",
                "SELECT count(*) FROM t WHERE \"user\" = 'x'",
                "SELECT count(*) FROM t WHERE at < now() - interval '1 day'"
            })
    void anOrdinaryConditionIsCounted(String sql) {
        assertThat(CountText.of(sql).orElseThrow().objection()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT count(*) FROM t WHERE owner = current_user|current_user is another one for whoever counts",
                "SELECT count(*) FROM t WHERE owner = Session_User|Session_User is another one for whoever counts",
                "SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM pg_stat_replication)|pg_stat_replication does not show the same on a follower",
                "SELECT count(*) FROM t WHERE a = NULL|a comparison with NULL depends on a setting that is not shown",
                "SELECT count(*) FROM t WHERE (NULL) = a|a comparison with NULL depends on a setting that is not shown",
                "SELECT count(*) FROM t WHERE a @@ 'x'|text search depends on a setting that is not shown",
                "SELECT count(*) FROM t WHERE a = '<redacted>'|secrets in it are not kept",
                "SELECT count(*) FROM U&\"\\0061\"|a name with Unicode escapes is not looked up"
            })
    void whatWouldAnswerOtherwiseElsewhereIsNot(String sql, String why) {
        assertThat(CountText.of(sql).orElseThrow().objection()).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DELETE FROM t", "SELECT 1; SELECT 2", "SELECT mine()", "SELECT nextval('s')", "", "SELECT '"})
    void whatDoesMoreThanReadIsNone(String sql) {
        assertThat(CountText.of(sql)).isEmpty();
    }

    @Test
    void functionsMustBeImmutableUnlessTheyAreKnown() {
        CountText text = CountText.of(
                        "SELECT count(*) FROM t WHERE NOT pg_is_in_recovery() AND at < now() AND lower(a) = to_char(b, 'x')")
                .orElseThrow();

        assertThat(text.functions()).containsExactlyInAnyOrder("count", "pg_is_in_recovery", "lower");
        assertThat(text.moves()).isTrue();
        assertThat(text.calls()).contains("now", "to_char");
        assertThat(CountText.of("SELECT count(*) FROM t").orElseThrow().moves()).isFalse();
    }

    @Test
    void namesAndOperatorsAreAllThereAre() {
        CountText text =
                CountText.of("SELECT count(*) FROM t x WHERE x.\"Del\" ### 2").orElseThrow();

        assertThat(text.identifiers()).contains("t", "x", "Del");
        assertThat(text.operators()).contains("###", "=");
        assertThat(List.of(text.hasSubquery())).containsExactly(false);
    }
}
