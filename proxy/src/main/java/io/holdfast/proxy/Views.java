package io.holdfast.proxy;

import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.audit.AuditCopier;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.audit.CopyStatus;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.console.ConsoleSources.NameValue;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.net.ProxyServer;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.Session;
import io.holdfast.proxy.session.SessionSummary;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people and probes are shown of the running proxy; made when asked. */
final class Views {
    private final UpstreamState upstream;
    private final Meters meters;
    private final AuditLog audit;
    private final @Nullable AuditCopier copier;
    private final FreezeService freezes;
    private final Guard guard;
    private final InstantSource clock;
    private final Instant started;
    private volatile @Nullable ProxyServer server;

    Views(
            UpstreamState upstream,
            Meters meters,
            AuditLog audit,
            @Nullable AuditCopier copier,
            FreezeService freezes,
            Guard guard,
            InstantSource clock) {
        this.upstream = upstream;
        this.meters = meters;
        this.audit = audit;
        this.copier = copier;
        this.freezes = freezes;
        this.guard = guard;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Clients can connect from now on. */
    void serve(ProxyServer listening) {
        server = listening;
    }

    boolean isServing() {
        return server != null;
    }

    /** One line for each reason why clients should go elsewhere. */
    List<String> notReady() {
        var reasons = new ArrayList<String>();
        Topology topology = upstream.topology();
        if (topology.primary() == null) {
            reasons.add(topology.whyNoPrimary());
        }
        if (!audit.healthy()) {
            reasons.add("the audit log cannot be written");
        }
        if (!freezes.now().isKnown()) {
            reasons.add("the control store has not answered yet");
        }
        return reasons;
    }

    /** What somebody should look at, though clients are served as ever. */
    List<String> remarks() {
        CopyStatus copy = copier == null ? null : copier.status();
        return copy == null || !copy.isLate() ? List.of() : List.of("the copy of the audit " + copy.words());
    }

    List<SessionInfo> sessions() {
        ProxyServer listening = server;
        return listening == null
                ? List.of()
                : listening.sessions().stream().map(Views::describe).toList();
    }

    List<NameValue> followers() {
        return upstream.topology().followers().stream()
                .map(follower -> new NameValue(follower.address().toString(), describe(follower)))
                .toList();
    }

    List<NameValue> stats() {
        var rows = new ArrayList<NameValue>();
        Duration up = Duration.between(started, clock.instant());
        rows.add(new NameValue("uptime_seconds", String.valueOf(up.toSeconds())));
        rows.add(new NameValue("primary", String.valueOf(upstream.topology().primary())));
        if (copier != null) {
            rows.add(new NameValue("audit copy", copier.status().words()));
        }
        freezes.now()
                .freezes()
                .forEach(freeze -> rows.add(
                        new NameValue("frozen", freeze.scope() + ", by " + freeze.person() + ": " + freeze.reason())));
        sessions().stream()
                .map(SessionInfo::database)
                .distinct()
                .sorted()
                .forEach(database -> rows.add(new NameValue("environment of " + database, environment(database))));
        meters.prometheusText()
                .lines()
                .filter(line -> line.startsWith("holdfast_") && !line.endsWith(" 0.0"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    rows.add(new NameValue(line.substring(0, space), line.substring(space + 1)));
                });
        return rows;
    }

    /** What a database counts as, and how that is known. */
    private String environment(String database) {
        DatabaseSays says = guard.databases().latest(database);
        String counts = guard.guard().environment(says).name().toLowerCase(Locale.ROOT);
        return switch (says) {
            case DatabaseSays.Is(var evidence) -> counts + "; " + evidence.words();
            case DatabaseSays.Nothing() -> counts + "; it does not say what it is";
            case DatabaseSays.Unknown(var why) -> counts + "; what it says is not known: " + why;
        };
    }

    private static SessionInfo describe(Session session) {
        SessionSummary summary = session.summary();
        Identity who = summary.identity();
        return new SessionInfo(
                who.session(),
                who.user(),
                who.person(),
                who.database(),
                who.application(),
                who.address().getAddress().getHostAddress()
                        + ':'
                        + who.address().getPort(),
                summary.state(),
                summary.since(),
                "",
                summary.ci() == null ? null : summary.ci().rule(),
                who.subject());
    }

    private static String describe(Follower follower) {
        if (!follower.usable()) {
            return follower.why();
        }
        Duration lag = follower.lag();
        return lag == null ? "usable" : String.format(Locale.ROOT, "usable, %.1f s behind", lag.toMillis() / 1000.0);
    }
}
