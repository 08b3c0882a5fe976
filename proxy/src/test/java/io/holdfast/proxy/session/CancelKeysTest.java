package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CancelKeysTest {
    private final CancelKeys keys = new CancelKeys();
    private final List<String> log = new ArrayList<>();

    @Test
    void theRightKeyCancelsItsSessionOnly() {
        BackendKey key = issue("a");
        issue("b");
        present(key.processId(), key.secret());
        assertThat(log).containsExactly("a", "done");
    }

    @Test
    void aWrongSecretDoesNothingAndSaysNothing() { // P-24
        BackendKey key = issue("a");
        byte[] wrong = key.secret().clone();
        wrong[31] ^= 1;
        present(key.processId(), wrong);
        present(key.processId(), new byte[0]);
        present(key.processId(), java.util.Arrays.copyOf(key.secret(), 4));
        present(key.processId() + 1, key.secret());
        assertThat(log).containsExactly("done", "done", "done", "done");
    }

    @Test
    void aKeyThatWasRevokedCancelsNothing() {
        BackendKey key = issue("a");
        keys.revoke(key);
        present(key.processId(), key.secret());
        assertThat(log).containsExactly("done");
    }

    @Test
    void secretsAreAsLongAsTheProtocolAllows() {
        assertThat(keys.issue(true, Runnable::run).secret()).hasSize(32);
        assertThat(keys.issue(false, Runnable::run).secret()).hasSize(4);
    }

    @Test
    void noTwoSessionsHaveOneProcessId() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            int processId = issue("a").processId();
            assertThat(processId).isPositive();
            assertThat(seen.add(processId)).isTrue();
        }
    }

    @Test
    void aProxyWithPeersSaysInItsKeysWhoseTheyAre() {
        CancelKeys first = new CancelKeys(1);
        CancelKeys last = new CancelKeys(255);
        for (int i = 0; i < 100; i++) {
            BackendKey key = last.issue(false, Runnable::run);
            assertThat(key.processId()).isPositive();
            assertThat(first.issuer(key.processId())).isEqualTo(255);
            assertThat(last.issuer(key.processId())).isZero();
            assertThat(keys.issuer(key.processId())).isZero();
        }
    }

    @Test
    void whatHasBeenForwardedIsTakenByItsIssuerAndGoesNoFurther() {
        CancelKeys issuer = new CancelKeys(7);
        BackendKey key = issuer.issue(true, done -> {
            log.add("cancelled");
            done.run();
        });
        int forwarded = CancelKeys.forwarded(key.processId());
        assertThat(new CancelKeys(8).issuer(forwarded)).isZero();
        issuer.present(forwarded, key.secret(), () -> log.add("done"));
        issuer.present(key.processId(), key.secret(), () -> log.add("done"));
        assertThat(log).containsExactly("cancelled", "done", "cancelled", "done");
    }

    @Test
    void theSecretIsNotInTheKeysText() {
        assertThat(new BackendKey(7, new byte[] {1, 2, 3, 4})).hasToString("BackendKey[processId=7]");
    }

    private BackendKey issue(String session) {
        return keys.issue(true, done -> {
            log.add(session);
            done.run();
        });
    }

    private void present(int processId, byte[] secret) {
        keys.present(processId, secret, () -> log.add("done"));
    }
}
