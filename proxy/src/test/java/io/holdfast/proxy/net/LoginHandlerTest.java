package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramClient;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginHandlerTest {
    @TempDir
    Path folder;

    private final ScramClient client = client(Door.PASSWORD);

    @Test
    void aClientThatKnowsThePasswordEnters() throws Exception {
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sends(out -> FrontendWriter.saslInitialResponse(out, client.mechanism(), client.first()));
            byte[] last = client.finish(door.authentication());
            door.sends(out -> FrontendWriter.saslResponse(out, last));
            client.verify(door.authentication());
            assertThat(door.frame()).isEqualTo("AuthenticationOk");
            assertThat(door.entered).containsExactly("bo@shop {application_name=psql}");
            assertThat(door.frame()).contains("\"FATAL\"", "\"53300\"");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.clients.count()).isZero();
        }
    }

    @Test
    void everyByteOfTheExchangeMayArriveAlone() throws Exception {
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sendsBytewise(out -> FrontendWriter.saslInitialResponse(out, client.mechanism(), client.first()));
            byte[] last = client.finish(door.authentication());
            door.sendsBytewise(out -> FrontendWriter.saslResponse(out, last));
            client.verify(door.authentication());
            assertThat(door.frame()).isEqualTo("AuthenticationOk");
        }
    }

    @Test
    void aQueryBehindThePasswordWaitsForItsSession() throws Exception { // P-20
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sends(out -> FrontendWriter.saslInitialResponse(out, client.mechanism(), client.first()));
            byte[] last = client.finish(door.authentication());
            door.sends(out -> {
                FrontendWriter.saslResponse(out, last);
                FrontendWriter.query(out, "truncate t");
            });
            door.authentication();
            assertThat(door.frame()).isEqualTo("AuthenticationOk");
            assertThat(door.frame()).contains("\"53300\""); // by the server; the query went nowhere
            assertThat(door.rest()).isEmpty();
        }
    }

    @Test
    void aQueryInsteadOfThePasswordIsAViolation() throws Exception { // P-20
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sends(out -> FrontendWriter.query(out, "truncate t"));
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"", "expected SASL response");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.entered).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (Door door = new Door(folder, null)) {
            ScramClient wrong = client("falsch");
            asked(door);
            door.sends(out -> FrontendWriter.saslInitialResponse(out, wrong.mechanism(), wrong.first()));
            byte[] last = wrong.finish(door.authentication());
            door.sends(out -> FrontendWriter.saslResponse(out, last));
            assertThat(door.frame())
                    .contains("\"FATAL\"", "\"28P01\"", "password authentication failed for user \\\"bo\\\"");
            assertThat(door.isOpen()).isFalse();
            assertThat(door.entered).isEmpty();
            assertThat(door.clients.count()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 1029, Integer.MAX_VALUE})
    void aPasswordMessageOfAnImpossibleLengthIsAViolation(int length) throws Exception { // P-18
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sends(out -> out.writeByte('p').writeInt(length));
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void aMechanismThatWasNotOfferedIsAViolation() throws Exception {
        try (Door door = new Door(folder, null)) {
            asked(door);
            door.sends(out -> FrontendWriter.saslInitialResponse(out, "PLAIN", new byte[] {0}));
            assertThat(door.frame()).contains("\"FATAL\"", "\"08P01\"");
            assertThat(door.isOpen()).isFalse();
        }
    }

    @Test
    void whatIsSentBeforeTheQuestionIsAnsweredAfterIt() throws Exception { // C9
        try (Door door = new Door(folder, null)) {
            door.sends(LoginHandlerTest::startup);
            door.sends(out -> FrontendWriter.saslInitialResponse(out, client.mechanism(), client.first()));
            assertThat(door.frame()).isEmpty();
            door.verifierArrives();
            assertThat(door.frame()).startsWith("AuthenticationSASL ");
            assertThat(door.frame()).startsWith("AuthenticationSASLContinue");
        }
    }

    @Test
    void aClientThatGoesBeforeTheQuestionIsForgotten() throws Exception {
        try (Door door = new Door(folder, null)) {
            door.sends(LoginHandlerTest::startup);
            door.close();
            door.verifierArrives();
            assertThat(door.frame()).isEmpty();
            assertThat(door.clients.count()).isZero();
        }
    }

    private static void asked(Door door) {
        door.sends(LoginHandlerTest::startup);
        door.verifierArrives();
        assertThat(door.frame()).isEqualTo("AuthenticationSASL [\"SCRAM-SHA-256\"]");
    }

    private static void startup(ByteBuf out) {
        FrontendWriter.startup(out, 3, 0, Map.of("user", "bo", "database", "shop", "application_name", "psql"));
    }

    private static ScramClient client(String password) {
        return ScramClient.withPassword(password, List.of("SCRAM-SHA-256"), null, () -> "client");
    }
}
