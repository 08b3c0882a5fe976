package io.holdfast.proxy.demo;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * A self-signed certificate for localhost and 127.0.0.1, made on the spot, as PEM files.
 *
 * @param certificate also what a client gives as {@code sslrootcert}
 * @param key PKCS#8, readable by its owner only
 */
record DemoCertificate(Path certificate, Path key) {
    private static final Duration VALID = Duration.ofDays(30);

    /**
     * Makes a new one.
     *
     * @param now the validity begins a day earlier, for clocks that disagree
     * @throws IOException if a file cannot be written
     */
    static DemoCertificate create(Path folder, Instant now) throws IOException {
        X509Bundle bundle;
        try {
            bundle = new CertificateBuilder()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(VALID))
                    .setIsCertificateAuthority(true) // so that libpq's verify-full accepts it as its own root
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IOException("cannot make a certificate: " + e.getMessage(), e);
        }
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Files.writeString(certificate, bundle.getCertificatePEM());
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, bundle.getPrivateKeyPEM());
        return new DemoCertificate(certificate, key);
    }
}
