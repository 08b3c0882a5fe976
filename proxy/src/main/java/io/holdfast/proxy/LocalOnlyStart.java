package io.holdfast.proxy;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.ci.CiGuard;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.ci.Objection.Cause;
import io.holdfast.proxy.error.ErrorReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a proxy in mode local-only may start: each server is local, and does not say that it is something else. Blocks. */
final class LocalOnlyStart {
    /** For a database that is started together with the proxy. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private LocalOnlyStart() {}

    /**
     * Looks where the servers are, before the first of them is sent anything.
     *
     * @throws IOException if one is not local; the message says which, and what to do
     */
    static void checkAddresses(CiGuard guard, List<HostPort> servers) throws IOException {
        if (!guard.isLocalOnly()) {
            return;
        }
        for (HostPort server : servers) {
            Objection objection;
            try {
                objection = guard.objection(server, List.of(InetAddress.getAllByName(server.host())));
            } catch (UnknownHostException e) {
                throw new IOException(
                        "mode local-only: " + server + " cannot be resolved, so it is not known to be local", e);
            }
            if (objection != null) {
                throw refusal(objection);
            }
        }
    }

    /**
     * Asks the account's database what it is, and with it the whole server.
     *
     * @throws IOException if it is not local, or cannot be asked within {@link #PATIENCE}
     */
    static void checkDatabase(Guard guard, Upstream upstream) throws IOException {
        if (!guard.guard().isLocalOnly()) {
            return;
        }
        String database = upstream.account().database();
        long until = System.nanoTime() + PATIENCE.toNanos();
        Objection objection = ask(guard, database, upstream.connectTimeout());
        while (objection != null && objection.cause() == Cause.UNKNOWN && System.nanoTime() < until) {
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            objection = ask(guard, database, upstream.connectTimeout());
        }
        if (objection != null) {
            throw refusal(objection);
        }
    }

    private static @Nullable Objection ask(Guard guard, String database, Duration limit) {
        return guard.guard()
                .objection(
                        database,
                        null,
                        guard.databases()
                                .ask(database, limit)
                                .toCompletableFuture()
                                .join());
    }

    private static IOException refusal(Objection objection) {
        ErrorReport report = objection.report();
        StringBuilder message = new StringBuilder("mode local-only: ").append(report.message());
        if (report.detail() != null) {
            message.append(". ").append(report.detail());
        }
        if (report.hint() != null) {
            message.append(message.charAt(message.length() - 1) == '.' ? " " : ". ")
                    .append(report.hint());
        }
        return new IOException(message.toString());
    }
}
