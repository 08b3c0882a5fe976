package io.holdfast.proxy.bypass;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Answer;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways around that take bytes, values or messages which no line of SQL can say. */
@Timeout(60)
class RawBypassTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    private static Victims victims;

    @BeforeAll
    static void setUp() throws SQLException {
        victims = Victims.create(proxy.servers());
    }

    @AfterAll
    static void tidyUp() throws SQLException {
        victims.close();
    }

    @BeforeEach
    void restore() throws SQLException {
        victims.restore();
    }

    @ParameterizedTest
    @CsvSource({
        "client_encoding, SJIS",
        "client_encoding, big5",
        "client_encoding, GB18030",
        "options, -c client_encoding=SJIS",
        "options, --client-encoding=GBK",
        "options, --standard-conforming-strings=off",
        "options, -cstandard_conforming_strings=off",
        "standard_conforming_strings, off",
        "options, -c session_replication_role=replica"
    })
    void l20AndL21NoSessionStartsInAnotherLexicalWorld(String parameter, String value) {
        assertThatThrownBy(() -> WireClient.login(proxy.port(), "ana", Map.of(parameter, value)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection rejected");
    }

    @Test
    void l19ANulInAQueryIsRefusedAndTheSessionGoesOn() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> {
                byte[] text = "SELECT 1\0; DROP TABLE victim\0".getBytes(ISO_8859_1);
                out.writeByte('Q').writeInt(Integer.BYTES + text.length).writeBytes(text);
            });
            assertThat(client.answer().errors()).containsExactly("08P01");
            assertThat(client.answerTo("SELECT 1").tags()).containsExactly("SELECT 1");
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @Test
    void l19AQueryWithoutItsNulIsRefused() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> {
                byte[] text = "TRUNCATE victim".getBytes(ISO_8859_1);
                out.writeByte('Q').writeInt(Integer.BYTES + text.length).writeBytes(text);
            });
            assertThat(client.answer().errors()).containsExactly("08P01");
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @Test
    void l22NothingIsReadUnderARuleThatAStatementBeforeItChanges() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> {
                FrontendWriter.query(out, "SELECT 1, set_config('standard_conforming_strings', 'off', false)");
                FrontendWriter.query(out, "SELECT '\\' || '; DROP TABLE victim; --'");
            });
            assertThat(client.answer().hold()).isNotNull();
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    /**
     * Preset guardrail does not stop it: inside one batch the server reports nothing before it reads the next text. What is hidden
     * can be no more than a call in a SELECT; preset strict holds the batch.
     */
    @Test
    void l22AComputedNameAndWhatItHidesInOneBatchGetThrough() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> {
                for (String sql : List.of(
                        "SELECT set_config('standard_' || 'conforming_strings', 'off', true)",
                        "SELECT '\\' || ', vdel() --'")) {
                    FrontendWriter.parse(out, "", sql);
                    FrontendWriter.bind(out, "", "", List.of());
                    FrontendWriter.execute(out, "", 0);
                }
                FrontendWriter.sync(out);
            });
            assertThat(client.answer().hold()).isNull();
        }
        assertThat(victims.isHarmed()).isTrue();
    }

    @Test
    void l23ABrokenCharacterHidesNoQuote() throws Exception {
        try (WireClient client = login()) {
            byte[] text = "SELECT '\u00c3'; DROP TABLE victim; --'".getBytes(ISO_8859_1);
            client.send(out -> FrontendWriter.query(out, Unpooled.wrappedBuffer(text)));
            assertThat(client.answer().hold()).isNotNull();
        }
    }

    @Test
    void l29AStatementBehindALongCommentIsSeen() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.answerTo("/*" + " x".repeat(1 << 16) + "*/ DROP TABLE victim")
                            .hold())
                    .isNotNull();
        }
    }

    @Test
    void l29ATextThatIsTooLongIsRefusedWhole() throws Exception {
        try (WireClient client = login()) {
            Answer answer = client.answerTo("SELECT 1; /*" + "x".repeat(1 << 20) + "*/ DROP TABLE victim");
            assertThat(answer.errors()).containsExactly("PW006");
            assertThat(client.answerTo("SELECT 1").tags()).containsExactly("SELECT 1");
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"150", "3000", "100000"})
    void l30DepthHidesNothing(int depth) throws Exception {
        String deep = "SELECT " + "(SELECT ".repeat(depth) + '1' + ")".repeat(depth);
        try (WireClient client = login()) {
            Answer answer = client.answerTo(deep + "; DROP TABLE victim");
            assertThat(answer.tags()).isEmpty();
            assertThat(answer.hold() != null || !answer.errors().isEmpty()).isTrue();
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    /** The text says that rows are chosen; the value chooses all. */
    @ParameterizedTest
    @CsvSource({"DELETE FROM victim WHERE n > $1::int, 0", "DELETE FROM victim WHERE id::text LIKE $1, %"})
    void s10TheValueDecidesAndNeedsTheRowBudget(String sql, String value) throws Exception {
        try (WireClient client = login()) {
            assertThat(client.execute(sql, List.of(value)).tags()).containsExactly("DELETE 10");
        }
        assertThat(victims.isHarmed()).isTrue();
    }

    @Test
    void s10AConditionThatIsNothingButAValueIsHeld() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.execute("DELETE FROM victim WHERE $1", List.of("t"))
                            .hold())
                    .isNotNull();
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @Test
    void s13AskingForOneRowDeletesAllAndIsHeld() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> {
                FrontendWriter.parse(out, "", "DELETE FROM victim RETURNING id");
                FrontendWriter.bind(out, "", "", List.of());
                FrontendWriter.execute(out, "", 1);
                FrontendWriter.sync(out);
            });
            assertThat(client.answer().hold()).isNotNull();
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @Test
    void f24AFunctionCalledByItsOidIsWhatTheCatalogSays() throws Exception {
        int oid = victims.oidOf("bypass.vdel()");
        try (WireClient client = login()) {
            client.answerTo("SELECT vdel()"); // the catalog is read now, if it was not before
        }
        try (WireClient client = login()) {
            client.send(out -> FrontendWriter.functionCall(out, oid, List.of()));
            assertThat(client.answer().hold()).isNotNull();
        }
        assertThat(victims.isHarmed()).isFalse();
    }

    @Test
    void f24AnOidThatNobodyKnowsIsRefused() throws Exception {
        try (WireClient client = login()) {
            client.send(out -> FrontendWriter.functionCall(out, 16_000, List.of()));
            assertThat(client.answer().errors()).containsExactly("0A000");
        }
    }

    /** A function that writes, against its word and where no text shows it, is found out by the follower; from then on it counts as what it is. */
    @Test
    void t07AReadThatWritesIsRecordedAsAWrite() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.answerTo("SELECT hidden() AS found_out").tags()).containsExactly("SELECT 1");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Files.readAllLines(proxy.audit()))
                        .anySatisfy(line -> assertThat(line)
                                .contains("found_out", "\"class\":\"write\"", "\"route\":\"primary\"")));
    }

    private static WireClient login() throws IOException {
        return WireClient.login(proxy.port(), "ana", Map.of("search_path", Victims.SEARCH_PATH));
    }
}
