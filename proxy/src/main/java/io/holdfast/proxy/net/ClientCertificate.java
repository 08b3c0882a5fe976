package io.holdfast.proxy.net;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.CertificateSubject.Part;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The certificate that a client has shown in its TLS handshake, which has verified it. */
final class ClientCertificate {
    /** Types that RFC 2253 has no name for, or another than OpenSSL, whose names PostgreSQL shows. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"));

    private ClientCertificate() {}

    /**
     * The leaf of what was shown.
     *
     * @param tls whose handshake is done: before, nothing is verified
     * @return null: the client has shown none
     */
    static @Nullable X509Certificate shown(SslHandler tls) {
        if (!tls.handshakeFuture().isSuccess()) {
            throw new IllegalStateException("TLS handshake: not done");
        }
        try {
            return (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /**
     * Why a client cannot be served with this certificate; null: it can. One that is not valid now was verified earlier, in a TLS session
     * that this one resumes.
     *
     * @param user that the client wants to be
     */
    static @Nullable ErrorReport objection(
            Demand demand, @Nullable X509Certificate shown, @Nullable String user, Instant now) {
        if (shown == null ? demand != Demand.OPTIONAL : !isValid(shown, now)) {
            return ProxyError.CERTIFICATE_REQUIRED.report();
        }
        return switch (demand) {
            case OPTIONAL, VERIFY_CA -> null;
            case VERIFY_FULL ->
                shown != null && subject(shown).commonName().equals(user)
                        ? null
                        : ProxyError.CERTIFICATE_OF_ANOTHER.report(String.valueOf(user));
        };
    }

    /** Whom it names, in its own order. */
    static CertificateSubject subject(X509Certificate certificate) {
        // RFC 2253 begins with the last; javax.naming's reader would mix up the parts that + joins.
        String text = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, TYPES);
        List<Part> parts = new ArrayList<>();
        for (String joined : split(text, ',').reversed()) {
            for (String part : split(joined, '+')) {
                int sign = part.indexOf('=');
                parts.add(new Part(part.substring(0, sign), text(Rdn.unescapeValue(part.substring(sign + 1)))));
            }
        }
        return CertificateSubject.of(parts);
    }

    /** At separators without a backslash before; none of nothing. */
    private static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            pieces.add(text.substring(start));
        }
        return pieces;
    }

    /** Bytes: of a type that has no name, or a value that is no text. */
    private static String text(Object value) {
        return value instanceof byte[] bytes ? '#' + ByteBufUtil.hexDump(bytes) : String.valueOf(value);
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }
}
