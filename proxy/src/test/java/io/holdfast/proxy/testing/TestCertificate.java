package io.holdfast.proxy.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * A self-signed certificate for localhost and 127.0.0.1 as PEM files.
 *
 * @param certificate also what clients give as {@code sslrootcert}
 * @param key PKCS#8
 */
public record TestCertificate(Path certificate, Path key) {
    /** Makes a new one in this folder. */
    static TestCertificate create(Path folder) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)))
                .setIsCertificateAuthority(true) // so that libpq's verify-full accepts it as its own root
                .buildSelfSigned();
        Path certificate = folder.resolve("certificate.pem");
        Files.writeString(certificate, bundle.getCertificatePEM());
        return new TestCertificate(certificate, privateFile(folder.resolve("key.pem"), bundle.getPrivateKeyPEM()));
    }

    private static Path privateFile(Path file, String content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }
}
