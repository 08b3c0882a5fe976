package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.proxy.testing.TestAuthority;
import io.netty.pkitesting.RevocationServer;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Instant;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates of clients are believed. */
class ClientTrustTest {
    private final TestAuthority ours = TestAuthority.create("CN=authority");
    private final TestAuthority theirs = TestAuthority.create("CN=authority");

    @TempDir
    private Path folder;

    @Test
    void itBelievesTheAuthorityOfTheFileAndNoOtherOfTheSameName() throws Exception {
        X509TrustManager trust = trust(ours.file(), null);

        trust.checkClientTrusted(ours.issue("CN=ana").bundle().getCertificatePath(), "EC");
        refuses(trust, theirs.issue("CN=ana").bundle());
        refuses(trust, ours.selfSigned("CN=ana").bundle());
        refuses(trust, ours.issueExpired("CN=ana").bundle());
    }

    @Test
    void aFileMayHaveSeveral() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(ours.file()) + Files.readString(theirs.file()));
        X509TrustManager trust = trust(both, null);

        trust.checkClientTrusted(ours.issue("CN=ana").bundle().getCertificatePath(), "EC");
        trust.checkClientTrusted(theirs.issue("CN=ana").bundle().getCertificatePath(), "EC");
        assertThat(trust.getAcceptedIssuers()).hasSize(2);
    }

    @Test
    void whatIsRevokedIsNotBelievedNorAnybodyWhoseAuthorityHasNoList() throws Exception {
        X509Bundle good = ours.issue("CN=ana").bundle();
        X509Bundle revoked = ours.issue("CN=bo").bundle();
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(ours.file()) + Files.readString(theirs.file()));
        X509TrustManager trust = trust(both, list(ours, revoked));

        trust.checkClientTrusted(good.getCertificatePath(), "EC");
        refuses(trust, revoked);
        refuses(trust, theirs.issue("CN=cy").bundle());
        trust(both, null).checkClientTrusted(revoked.getCertificatePath(), "EC");
    }

    @Test
    void aFileWithoutAnythingOfUseIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path other = Files.writeString(folder.resolve("other.pem"), "-----BEGIN NONSENSE-----\n");

        assertThatIOException().isThrownBy(() -> trust(empty, null)).withMessage(empty + ": no certificate in it");
        assertThatIOException().isThrownBy(() -> trust(other, null)).withMessageStartingWith(other + ": ");
        assertThatIOException()
                .isThrownBy(() -> trust(ours.file(), empty))
                .withMessage(empty + ": no certificate revocation list in it");
        assertThatIOException().isThrownBy(() -> trust(ours.file(), other)).withMessageStartingWith(other + ": ");
    }

    private static void refuses(X509TrustManager trust, X509Bundle client) {
        assertThatThrownBy(() -> trust.checkClientTrusted(client.getCertificatePath(), "EC"))
                .isInstanceOf(CertificateException.class);
    }

    private Path list(TestAuthority authority, X509Bundle revoked) throws Exception {
        RevocationServer server = RevocationServer.getInstance(); // on loopback
        server.register(authority.root());
        server.revoke(revoked, Instant.now().minusSeconds(60));
        try (InputStream in = server.getCrlUri(authority.root()).toURL().openStream()) {
            return Files.write(folder.resolve("crl.der"), in.readAllBytes());
        }
    }

    private static X509TrustManager trust(Path authorities, @Nullable Path revocations) throws IOException {
        return (X509TrustManager) ClientTrust.of(new ClientCertificates(Demand.OPTIONAL, authorities, revocations))
                .getTrustManagers()[0];
    }
}
