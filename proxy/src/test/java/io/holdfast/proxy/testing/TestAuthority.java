package io.holdfast.proxy.testing;

import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ClientCertificates.Demand;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** An authority that issues certificates to clients, for a day, as files in a folder of its own. */
public final class TestAuthority {
    private static final Duration DAY = Duration.ofDays(1);

    private final X509Bundle root;
    private final Path folder;
    private int issued;

    private TestAuthority(X509Bundle root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** A new one; two of the same subject are two. */
    public static TestAuthority create(String subject) {
        try {
            X509Bundle root = lasting(Instant.now())
                    .subject(subject)
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
                    .buildSelfSigned();
            Path folder = TestFolder.create("authority");
            Files.writeString(folder.resolve("ca.pem"), root.getCertificatePEM());
            return new TestAuthority(root, folder);
        } catch (Exception e) {
            throw new IllegalStateException("cannot make an authority", e);
        }
    }

    public X509Bundle root() {
        return root;
    }

    /** Its own certificate, as PEM. */
    public Path file() {
        return folder.resolve("ca.pem");
    }

    /** A proxy's configuration that believes this authority alone. */
    public ClientCertificates demanding(Demand demand) {
        return new ClientCertificates(demand, file(), null);
    }

    /** For a client of this subject, as in {@code CN=ana,O=Example}, the last part first. */
    public Issued issue(String subject) {
        return issue(subject, Instant.now());
    }

    /** One whose time was over a day ago. */
    public Issued issueExpired(String subject) {
        return issue(subject, Instant.now().minus(DAY.multipliedBy(3)));
    }

    private Issued issue(String subject, Instant around) {
        try {
            return files(lasting(around)
                    .subject(subject)
                    .setKeyUsage(true, KeyUsage.digitalSignature)
                    .addExtendedKeyUsageClientAuth()
                    .buildIssuedBy(root));
        } catch (Exception e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    /** One that its holder has signed, as anybody can. */
    public Issued selfSigned(String subject) {
        try {
            return files(lasting(Instant.now())
                    .subject(subject)
                    .setIsCertificateAuthority(true) // else it is not made
                    .setKeyUsage(true, KeyUsage.digitalSignature)
                    .addExtendedKeyUsageClientAuth()
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static CertificateBuilder lasting(Instant around) {
        return new CertificateBuilder().notBefore(around.minus(DAY)).notAfter(around.plus(DAY));
    }

    private Issued files(X509Bundle bundle) throws IOException {
        String name = "client" + issued++;
        Path certificate = Files.writeString(folder.resolve(name + ".pem"), bundle.getCertificatePEM());
        Path key = secret(folder.resolve(name + ".key"));
        Files.writeString(key, bundle.getPrivateKeyPEM());
        Path binary = secret(folder.resolve(name + ".pk8"));
        Files.write(binary, bundle.getKeyPair().getPrivate().getEncoded());
        return new Issued(bundle, certificate, key, binary);
    }

    private static Path secret(Path file) throws IOException {
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * A client's certificate.
     *
     * @param certificate PEM
     * @param key PKCS#8, PEM
     * @param binaryKey PKCS#8, DER
     */
    public record Issued(X509Bundle bundle, Path certificate, Path key, Path binaryKey) {
        /** Options of pgjdbc. */
        public Map<String, String> jdbc() {
            return Map.of("sslmode", "require", "sslcert", certificate.toString(), "sslkey", binaryKey.toString());
        }

        /** As in a connection string of libpq. */
        public String libpq() {
            return "sslcert=" + certificate + " sslkey=" + key;
        }

        /** A TLS client that shows it, and believes whoever answers. */
        public SSLContext context() throws Exception {
            return TlsSockets.context(bundle.toKeyManagerFactory().getKeyManagers());
        }
    }
}
