package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Preset;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.message.TargetKind;
import io.holdfast.proxy.testing.Answer;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drivers send values in binary format, and people decide about what they can read. */
@Timeout(120)
class HeldValuesTest {
    private static final String ALL =
            "UPDATE held_values SET mood = $1, moods = $2, small = $3, pair = $4, times = $5, n = $6";

    private static final int LO_UNLINK = 964;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @AutoClose
    private static ConsoleClient cy;

    @BeforeAll
    static void makeTypes() throws SQLException {
        TestServers servers = proxy.servers();
        servers.administer("CREATE TYPE held_mood AS ENUM ('happy', 'so so')");
        servers.administer("CREATE DOMAIN held_small AS int CHECK (value < 10)");
        servers.administer("CREATE TYPE held_pair AS (n held_small, name text, moods held_mood[])");
        servers.administer("CREATE TYPE held_times AS RANGE (subtype = time)");
        servers.administer("CREATE TYPE held_blob");
        servers.administer(
                "CREATE FUNCTION held_blob_in(cstring) RETURNS held_blob LANGUAGE internal IMMUTABLE AS 'byteain'");
        servers.administer(
                "CREATE FUNCTION held_blob_out(held_blob) RETURNS cstring LANGUAGE internal IMMUTABLE AS 'byteaout'");
        servers.administer(
                "CREATE FUNCTION held_blob_recv(internal) RETURNS held_blob LANGUAGE internal IMMUTABLE AS 'bytearecv'");
        servers.administer(
                "CREATE TYPE held_blob (input = held_blob_in, output = held_blob_out, receive = held_blob_recv)");
        servers.execute("CREATE TABLE held_values (mood held_mood, moods held_mood[], small held_small, pair held_pair,"
                + " times held_times, n numeric, blob held_blob)");
        servers.execute("INSERT INTO held_values DEFAULT VALUES");
        cy = proxy.console("cy");
    }

    /** Values as the server makes them, and as it prints them. */
    private record Made(List<byte[]> binary, List<String> texts) {}

    private static Made made(String... calls) throws SQLException {
        List<byte[]> binary = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try (Connection connection = proxy.servers().primary().connect(TestServers.DATABASE);
                Statement statement = connection.createStatement()) {
            for (String call : calls) {
                String value = call.substring(call.indexOf(' ') + 1);
                String send = call.substring(0, call.indexOf(' '));
                try (ResultSet row =
                        statement.executeQuery("SELECT " + send + "(v), v::text FROM (SELECT " + value + " AS v) s")) {
                    row.next();
                    binary.add(row.getBytes(1));
                    texts.add(row.getString(2));
                }
            }
        }
        return new Made(binary, texts);
    }

    /** All in binary format, and no result. */
    private static ByteBuf rest(List<byte[]> values) {
        ByteBuf rest = Unpooled.buffer().writeShort(1).writeShort(1).writeShort(values.size());
        values.forEach(value -> rest.writeInt(value.length).writeBytes(value));
        return rest.writeShort(0);
    }

    private static Answer runs(WireClient client, String sql, List<byte[]> values, int... types) throws IOException {
        client.send(out -> {
            FrontendWriter.parse(out, "", sql, types);
            FrontendWriter.bind(out, "", "", rest(values));
            FrontendWriter.execute(out, "", 0);
            FrontendWriter.sync(out);
        });
        return client.answer();
    }

    private static String held(Answer answer) {
        return Objects.requireNonNull(answer.hold(), answer::toString);
    }

    private static Made everything() throws SQLException {
        return made(
                "enum_send 'so so'::held_mood",
                "array_send ARRAY['happy', NULL, 'so so']::held_mood[]",
                "int4send 7::held_small",
                "record_send (3, 'a \"b\"', ARRAY['so so']::held_mood[])::held_pair",
                "range_send '[10:00,11:30:00.5)'::held_times",
                "numeric_send -12.50");
    }

    private static void shows(String hold, List<String> texts) throws SQLException {
        List<String> sheet = cy.rows("SHOW HOLD " + hold);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(sheet).contains("value $" + (i + 1) + '|' + texts.get(i));
        }
    }

    @Test
    void whoLearnsTheTypesFromTheServerFirst() throws Exception {
        Made made = everything();
        try (WireClient client = WireClient.login(proxy.port(), "learns")) {
            client.send(out -> {
                FrontendWriter.parse(out, "learned", ALL);
                FrontendWriter.describe(out, TargetKind.STATEMENT, "learned");
                FrontendWriter.sync(out);
            });
            client.readUntil('Z');
            client.send(out -> {
                FrontendWriter.bind(out, "", "learned", rest(made.binary));
                FrontendWriter.execute(out, "", 0);
                FrontendWriter.sync(out);
            });
            shows(held(client.answer()), made.texts);
        }
    }

    @Test
    void whoLeavesTheTypesToTheServerAndAsksNothing() throws Exception {
        Made made = everything();
        try (WireClient client = WireClient.login(proxy.port(), "asks nothing")) {
            String hold = held(runs(client, ALL + " /* asked */", made.binary));
            shows(hold, made.texts);
            cy.approve(hold);
            try (ConsoleClient di = proxy.console("di")) {
                di.approve(hold);
            }
            assertThat(client.readUntil('Z')).extracting(frame -> frame.code()).containsSubsequence("1", "2", "C", "Z");
        }
        try (Connection connection = proxy.servers().primary().connect(TestServers.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT mood, moods, small, pair, times, n FROM held_values")) {
            row.next();
            for (int i = 0; i < made.texts.size(); i++) {
                assertThat(row.getString(i + 1)).isEqualTo(made.texts.get(i));
            }
        }
    }

    @Test
    void whatNobodyCanReadIsRefusedAndTheSessionGoesOn() throws Exception {
        String sql = "UPDATE held_values SET blob = $1";
        try (WireClient client = WireClient.login(proxy.port(), "refused")) {
            Answer refused = runs(client, sql, List.of(new byte[] {1, 2}));
            assertThat(refused.errors()).containsExactly("PW006");
            assertThat(refused.messages())
                    .containsExactly("statement cannot be inspected: the value of $1 cannot be shown");
            assertThat(client.answerTo("SELECT 1").tags()).containsExactly("SELECT 1");

            client.answerTo("BEGIN");
            assertThat(runs(client, sql, List.of(new byte[] {1, 2})).errors()).containsExactly("PW006");
            assertThat(client.answerTo("SELECT 1").errors()).containsExactly("25P02");
            client.answerTo("ROLLBACK");

            assertThat(client.execute(sql, List.of("\\x0102")).hold()).isNotNull();
        }
        assertThat(cy.holds()).filteredOn(hold -> hold.statement().equals(sql)).hasSize(1);
    }

    @Test
    void nothingIsGuessedInTextThatIsNone() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "no text")) {
            byte[] latin = "\u00e4".getBytes(StandardCharsets.ISO_8859_1);
            String sql = "UPDATE held_values SET n = length($1)";
            assertThat(runs(client, sql, List.of(latin), 25).errors()).containsExactly("PW006");

            client.answerTo("SET client_encoding TO 'LATIN1'");
            shows(held(runs(client, sql, List.of(latin), 25)), List.of("<U+00E4>"));
        }
    }

    @Test
    void argumentsOfAFunctionThatIsCalledByItsOid() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "calls")) {
            ByteBuf rest = rest(List.of(new byte[] {0, 0, 0, 7}));
            client.send(out -> out.writeByte('F')
                    .writeInt(rest.readableBytes() + 2 * Integer.BYTES)
                    .writeInt(LO_UNLINK)
                    .writeBytes(rest));
            shows(held(client.answer()), List.of("7"));
        }
    }

    @Test
    void pgjdbcSendsEveryTypeThatItCanInBinaryFormat() throws Exception {
        proxy.servers().execute("CREATE TABLE held_jdbc AS SELECT 1 AS a");
        Map<String, String> binary = Map.of(
                "prepareThreshold",
                "-1",
                "binaryTransfer",
                "true",
                "binaryTransferEnable",
                "bool,bytea,int2,int4,int8,float4,float8,numeric,uuid,text,varchar,date,time,timetz,timestamp,timestamptz,"
                        + "int4_array,int8_array,float8_array,text_array,uuid_array");
        try (Connection ana = proxy.connect("ana", binary);
                PreparedStatement update = ana.prepareStatement("UPDATE held_jdbc /* jdbc */ SET a = length(concat("
                        + "?::int2, ?::int4, ?::int8, ?::float4, ?::float8, ?::numeric, ?::uuid, ?::bool, ?::text, ?::bytea, ?::int4[],"
                        + " ?::text[]))")) {
            update.setShort(1, (short) -3);
            update.setInt(2, 4_711);
            update.setLong(3, 1L << 40);
            update.setFloat(4, 0.1f);
            update.setDouble(5, 1e23);
            update.setBigDecimal(6, new BigDecimal("-1200.50"));
            update.setObject(7, new UUID(1, 2));
            update.setBoolean(8, true);
            update.setString(9, "it's");
            update.setBytes(10, new byte[] {0, -1});
            update.setArray(11, ana.createArrayOf("int4", new Integer[] {1, null, 3}));
            update.setArray(12, ana.createArrayOf("text", new String[] {"a b", "c"}));
            var waiting = Background.run(update::executeUpdate);
            String hold = cy.awaitWaiting("/* jdbc */");
            shows(
                    hold,
                    List.of(
                            "-3",
                            "4711",
                            "1099511627776",
                            "0.1",
                            "9.999999999999999e+22",
                            "-1200.50",
                            "00000000-0000-0001-0000-000000000002"));
            List<String> sheet = cy.rows("SHOW HOLD " + hold);
            assertThat(sheet).contains("value $9|it's", "value $10|\\x00ff", "value $11|{1,NULL,3}");
            assertThat(sheet).anyMatch(row -> row.matches("value \\$12\\|\\{\"a b\",\"?c\"?\\}"));
            cy.deny(hold, "seen");
            Failure.of("PW001", waiting::result);
        }
    }

    @Test
    void whereNothingIsHeldTheAuditSaysWhatWouldBeRefused() throws Exception {
        try (ProxyFixture observing =
                ProxyFixture.builder().preset(Preset.OBSERVE).start()) {
            try (WireClient client = WireClient.login(observing.port(), "observed")) {
                String sql = "UPDATE held_values SET n = $1 /* observed */";
                assertThat(runs(client, sql, List.of(new byte[] {7}), 23).errors())
                        .as("the server's own answer")
                        .containsExactly("08P01");
            }
            assertThat(Files.readAllLines(observing.audit()))
                    .filteredOn(line -> line.contains("/* observed */"))
                    .singleElement()
                    .asString()
                    .contains("observe: would hold", "would be refused: $1 cannot be shown: it ends too early");
        }
    }
}
