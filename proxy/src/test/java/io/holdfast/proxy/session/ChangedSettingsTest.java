package io.holdfast.proxy.session;

import static io.holdfast.protocol.message.TransactionStatus.FAILED;
import static io.holdfast.protocol.message.TransactionStatus.IDLE;
import static io.holdfast.protocol.message.TransactionStatus.IN_TRANSACTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.proxy.statement.StatementReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State that decides what a statement means is known, or known not to be known. */
class ChangedSettingsTest {
    private ChangedSettings settings = at(Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET ROLE shop_owner                            | role                   | shop_owner",
                "SET row_security = off                         | row_security           | off",
                "SET search_path = a, b                         | search_path            | a, b",
                "SET transform_null_equals TO on                | transform_null_equals  | on",
                "SET shop.tenant = '7'                          | shop.tenant            | 7",
                "SELECT set_config('row_security', 'off', false) | row_security          | off"
            })
    void aSettingThatDecidesIsKnownWithItsValue(String sql, String name, String value) {
        ran(sql, IDLE);
        assertThat(settings.now()).containsEntry(name, value);
        ran("DISCARD ALL", IDLE);
        assertThat(settings.now()).isEmpty();
    }

    /** As current_setting() shows it: what stands behind SET in quotes is one name, with whatever is in it. */
    @Test
    void aSearchPathIsAListOfNames() {
        ran("SET search_path = 'a, b', \"$user\", \"C\", \"d\"\"e\", F", IDLE);
        assertThat(settings.now()).containsEntry("search_path", "\"a, b\", \"$user\", \"C\", \"d\"\"e\", f");
        ran("SET SCHEMA 'a, b'", IDLE);
        assertThat(settings.now()).containsEntry("search_path", "\"a, b\"");
        ran("SELECT set_config('search_path', 'a, b', false)", IDLE);
        assertThat(settings.now()).containsEntry("search_path", "a, b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET statement_timeout = 5",
                "SET application_name = 'x'",
                "SET default_transaction_read_only = on",
                "SELECT pg_advisory_lock(1)",
                "LISTEN news",
                "SELECT 1"
            })
    void whatDecidesNothingIsNotThere(String sql) {
        ran(sql, IDLE);
        assertThat(settings.now()).isEmpty();
    }

    @Test
    void whatTheFirstPacketSetsIsThereAndComesBackWhenItIsReset() {
        settings =
                at(Map.of("search_path", "evil", "options", "-c row_security=off -c work_mem=1MB", "TimeZone", "UTC"));
        assertThat(settings.now()).isEqualTo(Map.of("search_path", "evil", "row_security", "off"));
        ran("SET search_path = good", IDLE);
        assertThat(settings.now()).containsEntry("search_path", "good");
        ran("RESET search_path", IDLE);
        assertThat(settings.now()).containsEntry("search_path", "evil");
        ran("SET row_security = on", IDLE);
        ran("RESET ALL", IDLE);
        assertThat(settings.now()).containsEntry("row_security", "off");
    }

    @Test
    void aTransactionSeesWhatItHasSetAndLeavesWhatItCommits() {
        ran("BEGIN", IN_TRANSACTION);
        ran("SET ROLE app", IN_TRANSACTION);
        ran("SET LOCAL search_path = evil", IN_TRANSACTION);
        assertThat(settings.now()).isEqualTo(Map.of("role", "app", "search_path", "evil"));
        ran("COMMIT", IDLE);
        assertThat(settings.now()).isEqualTo(Map.of("role", "app"));

        ran("BEGIN; SET ROLE other", IN_TRANSACTION);
        ran("ROLLBACK", IDLE);
        assertThat(settings.now()).isEqualTo(Map.of("role", "app"));
        ran("BEGIN; SET ROLE other; COMMIT", IDLE);
        assertThat(settings.now()).isEqualTo(Map.of("role", "other"));
    }

    @Test
    void commitOfAFailedTransactionLeavesNothing() {
        ran("BEGIN; SET ROLE app", IN_TRANSACTION);
        settings.settle(StatementReader.read(bytes("SELECT 1/0"), 0, 10).statements(), true, FAILED, false);
        settings.settle(StatementReader.read(bytes("COMMIT"), 0, 6).statements(), false, IDLE, true);
        assertThat(settings.now()).isEmpty();
    }

    @Test
    void resetAllLeavesTheRole() {
        ran("SET ROLE app", IDLE);
        ran("SET row_security = off", IDLE);
        ran("RESET ALL", IDLE);
        assertThat(settings.now()).isEqualTo(Map.of("role", "app"));
    }

    @Test
    void whatAFailedStatementWouldHaveSetIsNotThere() {
        fails("SET ROLE app; SELECT 1/0");
        assertThat(settings.now()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('ro' || 'le', 'x', false)",
                "SELECT set_config('role', 'x', false), 1",
                "SET row_security FROM CURRENT"
            })
    void whatIsNotKnownIsLikeNothingElse(String sql) {
        ran(sql, IDLE);
        String first = settings.now().get(ChangedSettings.SESSION);
        assertThat(first).contains("S-1");
        ran(sql, IDLE);
        assertThat(settings.now().get(ChangedSettings.SESSION)).isNotNull().isNotEqualTo(first);
        ran("DISCARD ALL", IDLE);
        assertThat(settings.now()).isEmpty();
    }

    @Test
    void aReturnToASavepointAndAFailedBatchLeaveDoubts() {
        ran("BEGIN; SET ROLE app", IN_TRANSACTION);
        ran("ROLLBACK TO s", IN_TRANSACTION);
        assertThat(settings.now()).containsKey(ChangedSettings.SESSION);
        settings = at(Map.of());
        fails("SET ROLE app; COMMIT; SELECT 1/0");
        assertThat(settings.now()).containsKey(ChangedSettings.SESSION);
    }

    @Test
    void temporaryObjectsAreThereUntilTheyAreDiscarded() {
        ran("CREATE TEMP TABLE users (n int)", IDLE);
        assertThat(settings.now()).containsEntry(ChangedSettings.SESSION, "has temporary objects");
        ran("DISCARD TEMP", IDLE);
        assertThat(settings.now()).isEmpty();
    }

    @Test
    void itStaysSmall() {
        for (int i = 0; i < 1_000; i++) {
            ran("SET shop.s" + i + " = '" + "x".repeat(1_000) + "'", IDLE);
        }
        assertThat(settings.now()).hasSizeLessThanOrEqualTo(101).containsKey(ChangedSettings.SESSION);
        assertThat(settings.now().values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThan(400));
    }

    private void ran(String sql, TransactionStatus status) {
        byte[] bytes = bytes(sql);
        settings.settle(StatementReader.read(bytes, 0, bytes.length).statements(), false, status, false);
    }

    private void fails(String sql) {
        byte[] bytes = bytes(sql);
        settings.settle(StatementReader.read(bytes, 0, bytes.length).statements(), true, IDLE, false);
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(UTF_8);
    }

    private static ChangedSettings at(Map<String, String> startup) {
        return ChangedSettings.atLogin(new Identity(
                "S-1",
                "bo",
                "bo",
                "shop",
                startup,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000),
                new ScramKeys(new byte[32], new byte[32], new byte[32])));
    }
}
