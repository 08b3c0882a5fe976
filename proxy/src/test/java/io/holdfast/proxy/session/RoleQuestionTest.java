package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleQuestionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "show transaction_read_only",
                "SHOW TRANSACTION_READ_ONLY;",
                "show in_hot_standby",
                "show default_transaction_read_only",
                "SHOW ALL",
                "select current_setting('transaction_read_only')"
            })
    void whatDiffersBetweenTheServersIsAskedOfThePrimary(String sql) {
        assertThat(isAsked(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show work_mem",
                "SHOW TRANSACTION ISOLATION LEVEL",
                "select pg_is_in_recovery()",
                "select 'transaction_read_only'",
                "select current_setting('search_path')"
            })
    void anythingElseMayBeAskedOfTheFollower(String sql) {
        assertThat(isAsked(sql)).isFalse();
    }

    private static boolean isAsked(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return RoleQuestion.isAsked(
                StatementReader.read(text, 0, text.length).statements().getFirst(), text);
    }
}
