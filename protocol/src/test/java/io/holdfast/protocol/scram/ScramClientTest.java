package io.holdfast.protocol.scram;

import static io.holdfast.protocol.scram.ScramMechanism.PLAIN;
import static io.holdfast.protocol.scram.ScramMechanism.PLUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.scram.ScramServer.Result;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramClientTest {
    private static final byte[] SALT = "salt of 16 bytes".getBytes(UTF_8);
    private static final ScramVerifier VERIFIER = ScramVerifier.forPassword("geheim", SALT, 4096);
    private static final byte[] BINDING = {1, 2, 3};
    private static final ScramNonce RANDOM = ScramNonce.random(new SecureRandom());
    private static final String SALT_AND_ITERATIONS = ",s=c2FsdA==,i=4096";

    @Test
    void aPasswordLogsIn() {
        logsIn(ScramClient.withPassword("geheim", List.of(PLAIN), null, RANDOM), null);
    }

    @Test
    void theKeysOfOneLoginLogInElsewhereWithoutThePassword() {
        ScramKeys keys = logsIn(ScramClient.withPassword("geheim", List.of(PLAIN), null, RANDOM), null);
        logsIn(ScramClient.withKeys(keys, List.of(PLAIN), null, RANDOM), null);
    }

    @Test
    void aChannelIsBoundWhereBothSidesCan() {
        ScramClient client = ScramClient.withPassword("geheim", List.of(PLUS, PLAIN), BINDING, RANDOM);
        assertThat(client.mechanism()).isEqualTo(PLUS);
        assertThat(client.first()).asString(UTF_8).startsWith("p=tls-server-end-point,,n=,r=");
        logsIn(client, BINDING);
    }

    @Test
    void anotherChannelIsNoticed() {
        ScramClient client = ScramClient.withPassword("geheim", List.of(PLUS, PLAIN), BINDING, RANDOM);
        ScramServer server = new ScramServer(VERIFIER, new byte[] {9}, RANDOM);
        byte[] clientFinal = client.finish(server.first(client.mechanism(), client.first()));
        assertThatThrownBy(() -> server.finish(clientFinal)).hasMessage("SCRAM channel binding check failed");
    }

    @Test
    void aServerThatDoesNotOfferBindingIsToldThatWeCould() {
        ScramClient client = ScramClient.withPassword("geheim", List.of(PLAIN), BINDING, RANDOM);
        assertThat(client.mechanism()).isEqualTo(PLAIN);
        assertThat(client.first()).asString(UTF_8).startsWith("y,,");
        logsIn(client, null);
    }

    @Test
    void withoutAChannelPlusIsNotChosen() {
        ScramClient client = ScramClient.withPassword("geheim", List.of(PLUS, PLAIN), null, RANDOM);
        assertThat(client.first()).asString(UTF_8).startsWith("n,,");
    }

    @Test
    void unknownMechanismsAreAViolation() {
        assertThatThrownBy(() -> ScramClient.withPassword("geheim", List.of("OAUTHBEARER", PLUS), null, RANDOM))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aWrongPasswordFails() {
        ScramClient client = ScramClient.withPassword("falsch", List.of(PLAIN), null, RANDOM);
        ScramServer server = new ScramServer(VERIFIER, null, RANDOM);
        byte[] clientFinal = client.finish(server.first(client.mechanism(), client.first()));
        assertThat(server.finish(clientFinal)).isInstanceOf(Result.Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r=other" + SALT_AND_ITERATIONS,
                "r=mine" + SALT_AND_ITERATIONS,
                "r=minemore,s=????,i=4096",
                "r=minemore,s=c2FsdA==,i=0",
                "r=minemore,s=c2FsdA==,i=-1",
                "r=minemore,s=c2FsdA==,i=1000001",
                "r=minemore,s=c2FsdA==,i=99999999999",
                "r=minemore,s=c2FsdA==",
                "m=x,r=minemore" + SALT_AND_ITERATIONS,
                "",
            })
    void aHostileChallengeIsAViolation(String challenge) {
        ScramClient client = client();
        assertThatThrownBy(() -> client.finish(challenge.getBytes(UTF_8))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aLongChallengeIsAViolation() {
        byte[] challenge = ("r=mine" + "x".repeat(2000) + SALT_AND_ITERATIONS).getBytes(UTF_8);
        assertThatThrownBy(() -> client().finish(challenge)).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=AAAA", "v=", "e=other-error", "", "x"})
    void aServerThatDoesNotKnowTheVerifierIsAViolation(String serverFinal) {
        ScramClient client = client();
        client.finish(("r=minemore" + SALT_AND_ITERATIONS).getBytes(UTF_8));
        assertThatThrownBy(() -> client.verify(serverFinal.getBytes(UTF_8))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void theOutcomeCannotComeBeforeTheProof() {
        assertThatThrownBy(() -> client().verify("v=AAAA".getBytes(UTF_8))).isInstanceOf(IllegalStateException.class);
    }

    private static ScramClient client() {
        return ScramClient.withPassword("geheim", List.of(PLAIN), null, () -> "mine");
    }

    private static ScramKeys logsIn(ScramClient client, byte @Nullable [] binding) {
        ScramServer server = new ScramServer(VERIFIER, binding, RANDOM);
        byte[] clientFinal = client.finish(server.first(client.mechanism(), client.first()));
        if (!(server.finish(clientFinal) instanceof Result.Success(byte[] serverFinal, ScramKeys keys))) {
            throw new AssertionError("the login failed");
        }
        client.verify(serverFinal);
        return keys;
    }
}
