package io.holdfast.protocol.scram;

import static io.holdfast.protocol.scram.ScramMechanism.PLAIN;
import static io.holdfast.protocol.scram.ScramMechanism.PLUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.scram.ScramServer.Result;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramServerTest {
    // The example of RFC 7677, section 3.
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_FIRST = "n,,n=user,r=" + CLIENT_NONCE;
    private static final String NONCE = CLIENT_NONCE + SERVER_NONCE;
    private static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String CLIENT_FINAL = "c=biws,r=" + NONCE + ",p=" + PROOF;

    private static final ScramVerifier PENCIL = ScramVerifier.forPassword("pencil", SALT, 4096);
    private static final byte[] BINDING = {1, 2, 3};

    @Test
    void theExampleOfTheRfcSucceeds() {
        ScramServer server = server(PENCIL, null);
        assertThat(server.first(PLAIN, bytes(CLIENT_FIRST)))
                .asString(UTF_8)
                .isEqualTo("r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(server.finish(bytes(CLIENT_FINAL))).isInstanceOfSatisfying(Result.Success.class, success -> {
            assertThat(success.serverFinal())
                    .asString(UTF_8)
                    .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
            assertThat(success.keys().storedKey())
                    .isEqualTo(ScramCrypto.hash(success.keys().clientKey()));
        });
    }

    @Test
    void aWrongProofFails() {
        ScramServer server = begun(PENCIL);
        Result result = server.finish(bytes(CLIENT_FINAL.replace("p=d", "p=e")));
        assertThat(result).isEqualTo(new Result.Failure("wrong password"));
    }

    @Test
    void aProofCanBeOfferedOnce() {
        ScramServer server = begun(PENCIL);
        server.finish(bytes(CLIENT_FINAL.replace("p=d", "p=e")));
        assertThatThrownBy(() -> server.finish(bytes(CLIENT_FINAL))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.first(PLAIN, bytes(CLIENT_FIRST))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aUserWhoDoesNotExistFailsLikeAWrongPassword() {
        ScramServer server = begun(ScramVerifier.mock("nobody", bytes("some secret")));
        assertThat(server.finish(bytes(CLIENT_FINAL))).isInstanceOf(Result.Failure.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "another nonce            | c=biws,r=x" + NONCE + ",p=" + PROOF,
                "our nonce cut off        | c=biws,r=" + CLIENT_NONCE + ",p=" + PROOF,
                "another header           | c=eSws,r=" + NONCE + ",p=" + PROOF,
                "binding that is not due  | c=biwsAQID,r=" + NONCE + ",p=" + PROOF,
                "no proof                 | c=biws,r=" + NONCE,
                "empty proof              | c=biws,r=" + NONCE + ",p=",
                "short proof              | c=biws,r=" + NONCE + ",p=AAAA",
                "proof is not base64      | c=biws,r=" + NONCE + ",p=????",
                "more behind the proof    | " + CLIENT_FINAL + ",x=1",
                "order                    | r=" + NONCE + ",c=biws,p=" + PROOF,
                "empty                    | ''",
            })
    void aMalformedFinalMessageIsAViolation(String name, String message) {
        ScramServer server = begun(PENCIL);
        assertThatThrownBy(() -> server.finish(bytes(message))).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=user",
                "n,,n=user,r=",
                "n,,n=user,r=a\u0007b",
                "n,,m=x,n=user,r=abc",
                "n,a=admin,n=user,r=abc",
                "x,,n=user,r=abc",
                "p=tls-server-end-point,,n=user,r=abc",
                "n,,r=abc,n=user",
            })
    void aMalformedFirstMessageIsAViolation(String message) {
        ScramServer server = server(PENCIL, null);
        assertThatThrownBy(() -> server.first(PLAIN, bytes(message))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aLongMessageIsAViolation() {
        ScramServer server = server(PENCIL, null);
        byte[] message = bytes("n,,n=user,r=" + "x".repeat(1024));
        assertThatThrownBy(() -> server.first(PLAIN, message)).hasMessageContaining("too long");
    }

    @Test
    void extensionsThatAreNotMandatoryAreIgnored() {
        ScramServer server = server(PENCIL, null);
        assertThat(server.first(PLAIN, bytes("n,,n=user,r=abc,x=1,y=2")))
                .asString(UTF_8)
                .startsWith("r=abc%");
    }

    @Test
    void extensionsAreCoveredByTheProof() {
        ScramServer server = begun(PENCIL);
        Result result = server.finish(bytes("c=biws,r=" + NONCE + ",x=1,p=" + PROOF));
        assertThat(result).isEqualTo(new Result.Failure("wrong password"));
    }

    @Test
    void plusIsOfferedOnlyWithAChannel() {
        assertThat(ScramMechanism.offered(null)).containsExactly(PLAIN);
        assertThat(ScramMechanism.offered(BINDING)).containsExactly(PLUS, PLAIN);
        ScramServer server = server(PENCIL, null);
        assertThatThrownBy(() -> server.first(PLUS, bytes("p=tls-server-end-point,,n=,r=abc")))
                .hasMessage("client selected an invalid SASL authentication mechanism");
    }

    @Test
    void aClientThatWasShownAListWithoutPlusIsRefused() {
        ScramServer server = server(PENCIL, BINDING);
        assertThatThrownBy(() -> server.first(PLAIN, bytes("y,,n=,r=abc")))
                .hasMessage("SCRAM channel binding negotiation error");
    }

    @Test
    void aClientThatCannotBindMayLogInWithoutThoughPlusIsOffered() {
        assertThat(server(PENCIL, BINDING).first(PLAIN, bytes("n,,n=,r=abc"))).isNotEmpty();
    }

    @Test
    void mechanismAndFlagMustAgree() {
        assertThatThrownBy(() -> server(PENCIL, BINDING).first(PLUS, bytes("n,,n=,r=abc")))
                .hasMessageContaining("do not agree");
        assertThatThrownBy(() -> server(PENCIL, BINDING).first(PLAIN, bytes("p=tls-server-end-point,,n=,r=abc")))
                .hasMessageContaining("do not agree");
    }

    @Test
    void anotherBindingTypeIsRefused() {
        assertThatThrownBy(() -> server(PENCIL, BINDING).first(PLUS, bytes("p=tls-unique,,n=,r=abc")))
                .hasMessage("unsupported SCRAM channel-binding type");
    }

    private static ScramServer begun(ScramVerifier verifier) {
        ScramServer server = server(verifier, null);
        server.first(PLAIN, bytes(CLIENT_FIRST));
        return server;
    }

    private static ScramServer server(ScramVerifier verifier, byte @Nullable [] binding) {
        return new ScramServer(verifier, binding, () -> SERVER_NONCE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
