package io.holdfast.loadtest.rig;

import io.holdfast.postgres.ServerCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A self-signed certificate for this machine that all targets show, so that the same work is done for each: an EC key on P-256, as is
 * usual.
 *
 * @param certificate PEM
 * @param key PEM, PKCS#8; anybody on this machine can read it, and it is worth nothing
 */
public record Certificate(Path certificate, Path key) {
    /** Makes a new one that is good for a day. */
    public static Certificate create(Scratch scratch) throws IOException {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .algorithm(CertificateBuilder.Algorithm.ecp256)
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .notBefore(Instant.now().minus(Duration.ofDays(1)))
                    .notAfter(Instant.now().plus(Duration.ofDays(1)))
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new Certificate(
                    scratch.file("certificate.pem", bundle.getCertificatePEM()),
                    scratch.file("key.pem", bundle.getPrivateKeyPEM()));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot make a certificate: " + e.getMessage(), e);
        }
    }

    /** As the servers take it. */
    public ServerCertificate ofServer() {
        return new ServerCertificate(certificate, key);
    }
}
