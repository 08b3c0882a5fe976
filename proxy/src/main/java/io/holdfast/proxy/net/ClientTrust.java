package io.holdfast.proxy.net;

import io.holdfast.config.ClientCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed of clients. Asks nobody over the network. */
final class ClientTrust {
    private ClientTrust() {}

    /** @throws IOException if a file cannot be read or has nothing of its kind; the message names it */
    static TrustManagerFactory of(ClientCertificates config) throws IOException {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(anchors(config.authorities()), new X509CertSelector());
            // Where lists are looked at, each authority must have one that is not overdue, as PostgreSQL has it.
            parameters.setRevocationEnabled(config.revocations() != null);
            if (config.revocations() != null) {
                parameters.addCertStore(CertStore.getInstance(
                        "Collection", new CollectionCertStoreParameters(lists(config.revocations()))));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new CertPathTrustManagerParameters(parameters));
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IOException(config.authorities() + ": " + e.getMessage(), e);
        }
    }

    private static Set<TrustAnchor> anchors(Path file) throws IOException {
        Set<TrustAnchor> anchors = new HashSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.add(new TrustAnchor((X509Certificate) each, null));
            }
        } catch (CertificateException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return notEmpty(anchors, file, "certificate");
    }

    private static Collection<?> lists(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return notEmpty(
                    CertificateFactory.getInstance("X.509").generateCRLs(in), file, "certificate revocation list");
        } catch (CertificateException | CRLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static <T extends Collection<?>> T notEmpty(T found, Path file, String what) throws IOException {
        if (found.isEmpty()) {
            throw new IOException(file + ": no " + what + " in it");
        }
        return found;
    }
}
