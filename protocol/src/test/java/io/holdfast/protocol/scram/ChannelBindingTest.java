package io.holdfast.protocol.scram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected hashes are those of {@code openssl x509 -outform DER | openssl dgst}. */
class ChannelBindingTest {
    @ParameterizedTest
    @CsvSource({
        "rsa-sha1,   a5a9aa4a06a499f02e288250de3b8fe538043fac66714145beebfce088b68295",
        "rsa-sha256, bebdf80ec63f71817ec95cef336d8a55014857b4206a2a4bfd1f8c9c76680489",
        "ec-sha384,  9654ca1e30b3a80d5ce5038213f8f0d6050843b941afbf3c51df771f74057cba069918dba30d0c94bae86b479162e9f0",
        "pss-sha384, 6857a81d15732cc66addddfacc1c81cfdda5617a9695852bf4c783c09a5bf3cc097ece8be21b8322f513360790917f92",
        "rsa-sha512, 02c53374ff14af61252c944b4f30eab560c78fe2ef92b33866140927b3e66a2c"
                + "e63d0728e6cdcde762b445a9fee0890447d996c5428e5bbbf339ec9874a2bd93",
    })
    void theHashIsTheSignaturesOrSha256(String name, String hash) throws Exception {
        assertThat(ChannelBinding.tlsServerEndPoint(certificate(name)))
                .isEqualTo(HexFormat.of().parseHex(hash));
    }

    @Test
    void aSignatureWithoutAHashOfItsOwnHasNoBinding() throws Exception {
        assertThat(ChannelBinding.tlsServerEndPoint(certificate("ed25519"))).isNull();
    }

    private static X509Certificate certificate(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(ChannelBindingTest.class.getResourceAsStream(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
