package io.holdfast.protocol.scram;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Data that ties an exchange to the TLS channel it runs in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4">RFC 5929, section 4</a>
 */
public final class ChannelBinding {
    private static final String PSS = "RSASSA-PSS";

    private ChannelBinding() {}

    /**
     * The hash of the server's certificate, by the hash function of the certificate's own signature, or SHA-256 where that
     * is MD5 or SHA-1.
     *
     * @return null where the signature has no single hash function (Ed25519, Ed448): no binding is defined then, and
     *     PLUS must not be offered
     */
    public static byte @Nullable [] tlsServerEndPoint(X509Certificate certificate) {
        try {
            String hash = hashOf(certificate);
            return hash == null ? null : MessageDigest.getInstance(hash).digest(certificate.getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            return null; // a hash we do not have: as good as none
        }
    }

    private static @Nullable String hashOf(X509Certificate certificate) throws GeneralSecurityException, IOException {
        String signature = certificate.getSigAlgName();
        if (signature.equals(PSS)) {
            byte[] encoded = certificate.getSigAlgParams();
            if (encoded == null) {
                return null;
            }
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(encoded);
            return atLeastSha256(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        }
        int with = signature.toLowerCase(Locale.ROOT).indexOf("with"); // SHA256withRSA
        return with < 0 ? null : atLeastSha256(signature.substring(0, with));
    }

    private static String atLeastSha256(String hash) {
        return switch (hash.toUpperCase(Locale.ROOT).replace("-", "")) {
            case "MD5", "SHA", "SHA1", "SHA256" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> hash; // SHA3-256 and the like are named as the JDK knows them
        };
    }
}
