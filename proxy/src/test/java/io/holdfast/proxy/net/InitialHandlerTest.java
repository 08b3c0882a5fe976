package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.session.BackendKey;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packets before there are messages; facts of PROTOCOL.md 1. */
class InitialHandlerTest {
    @TempDir
    Path folder;

    @Test
    void withoutTlsSslRequestIsAnsweredByNAndTheClientGoesOnInClear() throws Exception { // C2
        try (Door door = new Door(folder, null)) {
            door.sends(FrontendWriter::sslRequest);
            assertThat(door.letter()).isEqualTo('N');
            door.sends(InitialHandlerTest::startup);
            door.verifierArrives();
            assertThat(door.frame()).startsWith("AuthenticationSASL [\"SCRAM-SHA-256\"]");
        }
    }

    @Test
    void withTlsSslRequestIsAnsweredByS() throws Exception {
        try (Door door = new Door(folder, tls(false))) {
            door.sends(FrontendWriter::sslRequest);
            assertThat(door.letter()).isEqualTo('S');
            assertThat(door.rest()).isEmpty();
            assertThat(door.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesStuffedBehindSslRequestAreFatal(boolean offered) throws Exception { // P-21
        try (Door door = new Door(folder, offered ? tls(false) : null)) {
            door.sends(out -> {
                FrontendWriter.sslRequest(out);
                startup(out);
            });
            if (!offered) {
                assertThat(door.letter()).isEqualTo('N');
            }
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"", "received unencrypted data after SSL request");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.entered).isEmpty();
        }
    }

    @Test
    void gssEncryptionIsDeclinedInEitherOrder() throws Exception { // C3
        try (Door door = new Door(folder, null)) {
            door.sends(FrontendWriter::gssEncRequest);
            assertThat(door.letter()).isEqualTo('N');
            door.sends(FrontendWriter::sslRequest);
            assertThat(door.letter()).isEqualTo('N');
            door.sends(InitialHandlerTest::startup);
            assertThat(door.isOpen()).isTrue();
        }
    }

    @Test
    void bytesStuffedBehindGssEncRequestAreFatal() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(out -> {
                FrontendWriter.gssEncRequest(out);
                startup(out);
            });
            assertThat(door.letter()).isEqualTo('N');
            assertThat(door.frame()).contains("\"08P01\"", "received unencrypted data after GSSAPI encryption request");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void eachKindOfEncryptionIsAskedForOnce() throws Exception { // P-22
        try (Door door = new Door(folder, null)) {
            door.sends(FrontendWriter::sslRequest);
            assertThat(door.letter()).isEqualTo('N');
            door.sends(FrontendWriter::sslRequest);
            assertThat(door.frame()).contains("\"FATAL\"", "\"0A000\"", "1234.5679");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void whereTlsIsRequiredNobodyEntersWithout() throws Exception {
        try (Door door = new Door(folder, tls(true))) {
            door.sends(InitialHandlerTest::startup);
            assertThat(door.frame()).contains("\"28000\"", "no encryption");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aTlsHandshakeWithoutTlsIsClosedWithoutAWord() throws Exception { // C4
        try (Door door = new Door(folder, null)) {
            door.sends(out -> out.writeByte(0x16).writeShort(0x0301).writeShort(5));
            assertThat(door.rest()).isEmpty();
            assertThat(door.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, ''", "2, ''", "3, 3.2", "9999, 3.2"})
    void versionsThatAreTooNewAreNegotiatedDown(int minor, String answer) throws Exception { // C8
        try (Door door = new Door(folder, null)) {
            door.sends(out -> FrontendWriter.startup(out, 3, minor, Map.of("user", "bo")));
            door.verifierArrives();
            if (!answer.isEmpty()) {
                assertThat(door.frame()).isEqualTo("NegotiateProtocolVersion " + answer + " []");
            }
            assertThat(door.frame()).startsWith("AuthenticationSASL");
        }
    }

    @Test
    void unknownExtensionsAreNamed() throws Exception { // C7
        try (Door door = new Door(folder, null)) {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("user", "bo");
            parameters.put("_pq_.test_protocol_negotiation", "");
            door.sends(out -> FrontendWriter.startup(out, 3, 9999, parameters));
            door.verifierArrives();
            assertThat(door.frame()).isEqualTo("NegotiateProtocolVersion 3.2 [\"_pq_.test_protocol_negotiation\"]");
            assertThat(door.frame()).startsWith("AuthenticationSASL");
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "0, 0", "1234, 5681"})
    void otherMajorVersionsAreRefused(int major, int minor) throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(out -> FrontendWriter.startup(out, major, minor, Map.of("user", "bo")));
            assertThat(door.frame())
                    .contains("\"FATAL\"", "\"0A000\"", "unsupported frontend protocol " + major + '.' + minor);
            assertThat(door.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void versionsOfLongAgoAreToldSoInTheirOwnForm(int major) throws Exception { // C8
        try (Door door = new Door(folder, null)) {
            door.sends(out -> FrontendWriter.startup(out, major, 0, Map.of("user", "bo")));
            assertThat(door.rest())
                    .isEqualTo(
                            "EFATAL:  unsupported frontend protocol " + major + ".0: server supports 3.0 to 3.2\n\0");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, 7, 10_005, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsClosedWithoutAWordBeforeAnythingIsRead(int length) throws Exception { // C1
        try (Door door = new Door(folder, null)) {
            door.sends(out -> out.writeInt(length));
            assertThat(door.rest()).isEmpty();
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aParameterThatIsGivenTwiceEndsTheConnection() throws Exception { // P-25
        try (Door door = new Door(folder, null)) {
            door.sends(out -> parameters(out, "user", "bo", "USER", "postgres"));
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"", "a parameter is given twice");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.clients.count()).isZero();
        }
    }

    @Test
    void aPacketWithoutItsTerminatorIsToldSo() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(out -> out.writeInt(9).writeInt(3 << 16).writeByte('x'));
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"", "expected terminator as last byte");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void oneStrangerTooManyClosesTheOldest() throws Exception {
        try (Door door = new Door(folder, null)) {
            EmbeddedChannel next = new EmbeddedChannel();
            door.handshakes.begin(next);
            assertThat(door.isOpen()).isFalse();
            assertThat(next.isOpen()).isTrue();
            next.close();
            assertThat(door.handshakes.count()).isZero();
        }
    }

    @Test
    void whoeverHasSaidWhoTheyAreIsNoStrangerAnyMore() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(InitialHandlerTest::startup);
            door.handshakes.begin(new EmbeddedChannel());
            assertThat(door.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", "on", "1", "yes", "t", "TRUE", "y", "true", "nonsense"})
    void replicationIsRefusedInEverySpelling(String value) throws Exception { // P-28
        try (Door door = new Door(folder, null)) {
            door.sends(out -> parameters(out, "user", "bo", "replication", value));
            assertThat(door.frame()).contains("\"FATAL\"", "replication is not proxied");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void replicationThatIsOffIsNoReplication() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(out -> parameters(out, "user", "bo", "replication", "false"));
            door.verifierArrives();
            assertThat(door.frame()).startsWith("AuthenticationSASL");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client_encoding, SJIS",
        "standard_conforming_strings, off",
        "session_replication_role, replica",
        "options, -c client_encoding=big5",
        "options, -cstandard_conforming_strings=off",
        "options, --session-replication-role=replica"
    })
    void whatWouldHideStatementsFromInspectionIsRefusedAtStartup(String name, String value) throws Exception { // P-26
        try (Door door = new Door(folder, null)) {
            door.sends(out -> parameters(out, "user", "bo", name, value));
            door.verifierArrives();
            assertThat(door.frame()).contains("\"FATAL\"");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aClientWithoutAUserIsRefused() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(out -> parameters(out, "database", "shop"));
            assertThat(door.frame()).contains("\"28000\"", "no PostgreSQL user name");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void oneClientTooManyIsToldSo() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.clients.admit();
            door.sends(InitialHandlerTest::startup);
            assertThat(door.frame()).contains("\"53300\"");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.clients.count()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatSaysNothingIsClosed() throws Exception { // C11
        try (Door door = new Door(folder, null)) {
            door.passes(Door.HANDSHAKE_TIMEOUT.minusSeconds(1));
            assertThat(door.isOpen()).isTrue();
            door.passes(Duration.ofSeconds(1));
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aClientThatSaysALittleAllTheTimeIsClosedAllTheSame() throws Exception {
        try (Door door = new Door(folder, null)) {
            for (int i = 0; i < 9; i++) {
                door.sends(out -> out.writeByte(0));
                door.passes(Duration.ofSeconds(1));
                if (i == 2) {
                    door.sends(out -> out.writeByte(100)); // a length of 100, at last
                }
            }
            door.passes(Duration.ofSeconds(1));
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aClientThatNeverAuthenticatesIsClosedAndCountsNoMore() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(InitialHandlerTest::startup);
            door.verifierArrives();
            assertThat(door.clients.count()).isEqualTo(1);
            assertThat(door.frame()).startsWith("AuthenticationSASL");
            door.passes(Door.HANDSHAKE_TIMEOUT);
            assertThat(door.frame()).contains("\"FATAL\"", "\"57014\"", "canceling authentication due to timeout");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.clients.count()).isZero();
        }
    }

    @Test
    void aCancelRequestCancelsAndIsNeverAnswered() throws Exception { // C5
        try (Door door = new Door(folder, null)) {
            AtomicInteger cancelled = new AtomicInteger();
            BackendKey key = door.cancelKeys.issue(true, done -> {
                cancelled.incrementAndGet();
                done.run();
            });
            door.sends(out -> FrontendWriter.cancelRequest(out, key.processId(), key.secret()));
            assertThat(cancelled).hasValue(1);
            assertThat(door.rest()).isEmpty();
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aWrongCancelKeyLooksTheSame() throws Exception { // P-24
        try (Door door = new Door(folder, null)) {
            BackendKey key = door.cancelKeys.issue(true, _ -> {
                throw new AssertionError("cancelled by a wrong key");
            });
            door.sends(out -> FrontendWriter.cancelRequest(out, key.processId(), new byte[32]));
            assertThat(door.rest()).isEmpty();
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void everyPacketMayArriveByteByByte() throws Exception { // P-19
        try (Door door = new Door(folder, null)) {
            door.sendsBytewise(FrontendWriter::sslRequest);
            assertThat(door.letter()).isEqualTo('N');
            door.sendsBytewise(InitialHandlerTest::startup);
            door.verifierArrives();
            assertThat(door.frame()).startsWith("AuthenticationSASL");
        }
    }

    private static void startup(ByteBuf out) {
        FrontendWriter.startup(out, 3, 0, Map.of("user", "bo"));
    }

    /** As {@link FrontendWriter#startup}, but whatever is given. */
    private static void parameters(ByteBuf out, String... namesAndValues) {
        int start = out.writerIndex();
        out.writeInt(0).writeInt(3 << 16);
        for (String text : namesAndValues) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8)).writeByte(0);
        }
        out.writeByte(0).setInt(start, out.writerIndex() - start);
    }

    private static TlsContexts.Server tls(boolean required) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TlsContexts.Server(
                SslContextBuilder.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificate())
                        .build(),
                new byte[32],
                required,
                null);
    }
}
