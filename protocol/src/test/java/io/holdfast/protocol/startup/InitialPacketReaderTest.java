package io.holdfast.protocol.startup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.startup.InitialPacket.CancelRequest;
import io.holdfast.protocol.startup.InitialPacket.GssEncRequest;
import io.holdfast.protocol.startup.InitialPacket.Malformed;
import io.holdfast.protocol.startup.InitialPacket.SslRequest;
import io.holdfast.protocol.startup.InitialPacket.StartupMessage;
import io.holdfast.protocol.startup.InitialPacket.UnsupportedVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitialPacketReaderTest {
    private static final int V3_0 = 3 << 16;

    private final ByteBuf in = Unpooled.buffer();

    @Test
    void aStartupMessageKeepsTheOrderOfItsParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "bo");
        parameters.put("database", "shop");
        parameters.put("application_name", "Zoë's");
        FrontendWriter.startup(in, 3, 2, parameters);
        StartupMessage message = startup();
        assertThat(message).isEqualTo(new StartupMessage(3, 2, parameters));
        assertThat(message.parameters()).containsExactlyEntriesOf(parameters);
        assertThat(message.user()).isEqualTo("bo");
        assertThat(message.database()).isEqualTo("shop");
    }

    @Test
    void theDatabaseIsTheUsersUnlessGiven() {
        FrontendWriter.startup(in, 3, 0, Map.of("user", "bo"));
        assertThat(startup().database()).isEqualTo("bo");
    }

    @Test
    void anEmptyUserIsNone() {
        FrontendWriter.startup(in, 3, 0, Map.of("user", ""));
        assertThat(startup().user()).isNull();
    }

    @Test
    void nothingIsConsumedUntilAllIsThere() {
        ByteBuf whole = Unpooled.buffer();
        FrontendWriter.startup(whole, 3, 0, Map.of("user", "bo"));
        while (whole.readableBytes() > 1) {
            in.writeByte(whole.readByte());
            assertThat(InitialPacketReader.read(in)).isNull();
            assertThat(in.readerIndex()).isZero();
        }
        in.writeByte(whole.readByte());
        assertThat(startup().user()).isEqualTo("bo");
    }

    @Test
    void whatFollowsThePacketStays() {
        FrontendWriter.sslRequest(in);
        in.writeByte('x');
        assertThat(InitialPacketReader.read(in)).isEqualTo(new SslRequest());
        assertThat(in.readableBytes()).isEqualTo(1);
    }

    @Test
    void encryptionMayBeAskedFor() {
        FrontendWriter.gssEncRequest(in);
        assertThat(InitialPacketReader.read(in)).isEqualTo(new GssEncRequest());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32, 256})
    void aCancelRequestHasAKey(int length) {
        byte[] key = new byte[length];
        key[length - 1] = 9;
        FrontendWriter.cancelRequest(in, -7, key);
        assertThat(InitialPacketReader.read(in)).isInstanceOfSatisfying(CancelRequest.class, cancel -> {
            assertThat(cancel.pid()).isEqualTo(-7);
            assertThat(cancel.key()).isEqualTo(key);
            assertThat(cancel.toString()).isEqualTo("CancelRequest[pid=-7]");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void aCancelRequestWithAnotherKeyIsAViolation(int length) {
        FrontendWriter.cancelRequest(in, 7, new byte[length]);
        refuses("invalid length of cancel request packet");
    }

    @Test
    void aCancelRequestWithoutAProcessIsAViolation() {
        packet(RequestCode.CANCEL, "");
        refuses("invalid length of cancel request packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 7, 10_005, Integer.MAX_VALUE})
    void theLengthIsCheckedBeforeAnythingElseArrives(int length) {
        in.writeInt(length);
        refuses("invalid length of startup packet");
    }

    @Test
    void theLongestPacketIsTaken() {
        packet(V3_0, "a\0" + "v".repeat(10_004 - 8 - 4) + "\0\0");
        assertThat(startup().parameters()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0, unsupported frontend protocol 2.0: server supports 3.0 to 3.2",
        "4, 0, unsupported frontend protocol 4.0: server supports 3.0 to 3.2",
        "1234, 5681, unsupported frontend protocol 1234.5681: server supports 3.0 to 3.2",
    })
    void anotherMajorVersionIsNamed(int major, int minor, String message) {
        FrontendWriter.startup(in, major, minor, Map.of("user", "bo"));
        assertThat(InitialPacketReader.read(in))
                .isInstanceOfSatisfying(
                        UnsupportedVersion.class,
                        version -> assertThat(version.message()).isEqualTo(message));
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user\0bo\0", "user\0bo\0\0x", "user\0bo\0\0\0", "user\0bo", "user\0"})
    void aTerminatorAnywhereButAtTheEndIsMalformed(String body) {
        packet(V3_0, body);
        answers("invalid startup packet layout: expected terminator as last byte");
    }

    @Test
    void whatElseIsInARequestForEncryptionIsNotLookedAt() {
        packet(RequestCode.SSL, "x");
        assertThat(InitialPacketReader.read(in)).isEqualTo(new SslRequest());
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user\0alice\0user\0postgres\0\0", "search_path\0a\0Search_Path\0b\0\0"})
    void aNameGivenTwiceIsMalformed(String body) { // P-25
        packet(V3_0, body);
        answers("invalid startup packet: a parameter is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "database"})
    void aNameThatTheServerWouldCutIsCut(String parameter) { // P-27
        packet(V3_0, parameter + '\0' + "x".repeat(64) + "\0\0");
        assertThat(startup().parameters()).containsEntry(parameter, "x".repeat(63));
    }

    @Test
    void otherValuesMayBeLong() {
        packet(V3_0, "options\0" + "x".repeat(64) + "\0\0");
        assertThat(startup().parameters()).containsEntry("options", "x".repeat(64));
    }

    @Test
    void aCutIsCountedInBytesAndMustNotSplitACharacter() {
        FrontendWriter.startup(in, 3, 0, Map.of("user", "ü".repeat(32)));
        answers("invalid startup packet: a parameter is not UTF-8");
        FrontendWriter.startup(in, 3, 0, Map.of("user", 'x' + "ü".repeat(32)));
        assertThat(startup().user()).isEqualTo('x' + "ü".repeat(31));
    }

    @Test
    void aNameOf63BytesIsTaken() {
        FrontendWriter.startup(in, 3, 0, Map.of("user", "x".repeat(63)));
        assertThat(startup().user()).hasSize(63);
    }

    @Test
    void aValueThatIsNotUtf8IsMalformed() {
        packet(V3_0, "user\0b\u00ff\0\0");
        answers("invalid startup packet: a parameter is not UTF-8");
    }

    @Test
    void tlsIsKnownByItsFirstByte() {
        assertThat(DirectTls.isTls((byte) 0x16)).isTrue();
        assertThat(DirectTls.isTls((byte) 0)).isFalse();
    }

    private StartupMessage startup() {
        InitialPacket packet = InitialPacketReader.read(in);
        assertThat(in.isReadable()).isFalse();
        assertThat(packet).isInstanceOf(StartupMessage.class);
        return (StartupMessage) Objects.requireNonNull(packet);
    }

    private void packet(int code, String body) {
        in.writeInt(8 + body.length()).writeInt(code).writeBytes(body.getBytes(ISO_8859_1));
    }

    private void answers(String message) {
        assertThat(InitialPacketReader.read(in)).isEqualTo(new Malformed(message));
    }

    /** Without an answer. */
    private void refuses(String message) {
        assertThatThrownBy(() -> InitialPacketReader.read(in))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage(message);
    }
}
