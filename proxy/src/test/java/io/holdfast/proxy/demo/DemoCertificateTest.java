package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void certificateIsForTheLoopbackNames() throws Exception {
        X509Certificate certificate = read(DemoCertificate.create(folder, NOW).certificate());

        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1");
        certificate.checkValidity(Date.from(NOW));
    }

    @Test
    void nettyTakesBothFiles() throws Exception {
        DemoCertificate made = DemoCertificate.create(folder, NOW);

        assertThat(SslContextBuilder.forServer(
                                made.certificate().toFile(), made.key().toFile())
                        .build()
                        .isServer())
                .isTrue();
    }

    @Test
    void newCertificateReplacesTheOldOne() throws Exception {
        X509Certificate old = read(DemoCertificate.create(folder, NOW).certificate());

        assertThat(read(DemoCertificate.create(folder, NOW).certificate())).isNotEqualTo(old);
    }

    private static X509Certificate read(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
