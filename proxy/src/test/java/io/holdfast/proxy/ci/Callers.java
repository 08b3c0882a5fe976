package io.holdfast.proxy.ci;

import io.holdfast.config.CertificateSubject;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Clients for tests: ana in shop, from 10.1.2.3. */
final class Callers {
    private Callers() {}

    static Caller with(String application) {
        return caller("ana", "10.1.2.3", application, false);
    }

    static Caller caller(String user, String address, String application, boolean declared) {
        return new Caller(
                "S-1",
                user,
                null,
                "shop",
                application,
                new InetSocketAddress(InetAddress.ofLiteral(address), 50_000),
                declared,
                null);
    }

    /** ana with psql and this certificate. */
    static Caller certified(String subject) {
        return new Caller(
                "S-1",
                "ana",
                null,
                "shop",
                "psql",
                new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 50_000),
                false,
                CertificateSubject.parse(subject));
    }
}
