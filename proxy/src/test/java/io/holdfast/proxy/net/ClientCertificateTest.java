package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.testing.TestAuthority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a certificate names, and who gets in with it. */
class ClientCertificateTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=authority");
    private static final X509Certificate ANA = certificate("CN=ana,OU=ops,O=Example");

    private final Instant now = Instant.now();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=ana,OU=ops,O=Example,C=DE                          | /C=DE/O=Example/OU=ops/CN=ana",
                "CN=ana+UID=4711,DC=example,DC=com                     | /DC=com/DC=example/CN=ana/UID=4711",
                "CN=a\\,b\\+c                                          | /CN=a\\,b\\+c",
                "CN=a/CN\\=root                                        | /CN=a\\2FCN=root",
                "CN=Größe,ST=Bayern,STREET=x                           | /street=x/ST=Bayern/CN=Größe",
                "1.2.840.113549.1.9.1=#16056140622e63,CN=ana           | /CN=ana/emailAddress=a@b.c",
                "2.5.4.5=#130137,2.5.4.42=#0c03416e61                  | /GN=Ana/serialNumber=7",
                "1.3.6.1.4.1.55555.1=#0c0178,CN=ana                    | /CN=ana/1.3.6.1.4.1.55555.1=\\#0c0178",
            })
    void itReadsAsPostgresqlShowsIt(String subject, String shown) {
        assertThat(ClientCertificate.subject(certificate(subject)).name()).isEqualTo(shown);
    }

    @Test
    void theFirstCommonNameOfTheCertificateCounts() {
        assertThat(ClientCertificate.subject(certificate("CN=second,CN=first")))
                .isEqualTo(new CertificateSubject("/CN=first/CN=second", "first"));
    }

    @Test
    void whoMustShowOneAndDoesNotIsToldSo() {
        assertThat(said(Demand.OPTIONAL, null, "ana", now)).isNull();
        assertThat(said(Demand.VERIFY_CA, null, "ana", now))
                .isEqualTo("28000 connection requires a valid client certificate");
        assertThat(said(Demand.VERIFY_FULL, null, "ana", now))
                .isEqualTo("28000 connection requires a valid client certificate");
    }

    @Test
    void theNameMayHaveToBeTheUsers() {
        assertThat(said(Demand.OPTIONAL, ANA, "bo", now)).isNull();
        assertThat(said(Demand.VERIFY_CA, ANA, "bo", now)).isNull();
        assertThat(said(Demand.VERIFY_FULL, ANA, "ana", now)).isNull();
        for (String other : new String[] {"bo", "Ana", "", "ana "}) {
            assertThat(said(Demand.VERIFY_FULL, ANA, other, now))
                    .isEqualTo("28000 certificate authentication failed for user \"" + other + '"');
        }
        assertThat(said(Demand.VERIFY_FULL, certificate("O=Example"), "", now)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHasExpiredSinceTlsVerifiedItIsNone(Demand demand) {
        Instant later = now.plus(Duration.ofDays(2));

        assertThat(said(demand, ANA, "ana", later)).isEqualTo("28000 connection requires a valid client certificate");
    }

    private static @Nullable String said(Demand demand, @Nullable X509Certificate shown, String user, Instant now) {
        ErrorReport report = ClientCertificate.objection(demand, shown, user, now);
        return report == null ? null : report.sqlstate() + ' ' + report.message();
    }

    private static X509Certificate certificate(String subject) {
        return AUTHORITY.issue(subject).bundle().getCertificate();
    }
}
