package io.holdfast.proxy;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldClock;
import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldTimer;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.LockAlarms;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.ReleasedRuns;
import io.holdfast.proxy.approval.RestorePoints;
import io.holdfast.proxy.audit.AuditCopier;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.audit.FreezeAudit;
import io.holdfast.proxy.audit.HoldAudit;
import io.holdfast.proxy.audit.LoginAudit;
import io.holdfast.proxy.ci.CiGuard;
import io.holdfast.proxy.ci.CiRules;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.console.AdminHttp;
import io.holdfast.proxy.console.Console;
import io.holdfast.proxy.console.ConsoleSources;
import io.holdfast.proxy.console.FreezeApi;
import io.holdfast.proxy.console.HoldApi;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.LoginThrottle;
import io.holdfast.proxy.console.Routes;
import io.holdfast.proxy.console.Tokens;
import io.holdfast.proxy.impact.FollowerRowEstimates;
import io.holdfast.proxy.impact.Impacts;
import io.holdfast.proxy.insight.Insights;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.net.ProxyServer;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.session.AuditRecorder;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.session.FollowerLoad;
import io.holdfast.proxy.session.Recorder;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.session.UserWrites;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.store.AuditCopies;
import io.holdfast.proxy.store.OpenStore;
import io.holdfast.proxy.upstream.AuthQueryVerifiers;
import io.holdfast.proxy.upstream.Catalogs;
import io.holdfast.proxy.upstream.DatabaseEnvironments;
import io.holdfast.proxy.upstream.LockWatch;
import io.holdfast.proxy.upstream.PrimaryRestorePoints;
import io.holdfast.proxy.upstream.UpstreamMonitor;
import io.holdfast.proxy.web.LiveStreams;
import io.holdfast.proxy.web.WebPages;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: every service, wired. Closing it stops them in the reverse order. */
public final class Holdfast implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Holdfast.class);

    /** Beyond the time that one connection attempt to each server may take. */
    private static final Duration START_MARGIN = Duration.ofSeconds(2);

    private final ArrayDeque<AutoCloseable> parts = new ArrayDeque<>();
    private final int port;
    private volatile int adminPort;

    /**
     * Starts everything and accepts clients when it returns, whether or not a server is reachable yet.
     *
     * @throws IOException if a port is taken or a file cannot be used; nothing is left running
     */
    public static Holdfast start(HoldfastConfig config) throws IOException {
        return new Holdfast(config);
    }

    private Holdfast(HoldfastConfig config) throws IOException {
        try {
            port = wire(config);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private int wire(HoldfastConfig config) throws IOException {
        InstantSource clock = InstantSource.system();
        Meters meters = new Meters();
        AuditCopier copier = auditCopier(config, meters); // ends after the log does, and has all of it then
        AuditLog audit =
                keep(AuditLog.open(config.audit().file(), config.audit().rotateBytes(), clock));
        if (copier != null) {
            copier.follow(audit::durable);
        }
        CiGuard decisions = new CiGuard(config.ci(), config.upstream().environment());
        LocalOnlyStart.checkAddresses(decisions, config.upstream().hosts());
        UpstreamMonitor upstream = keep(UpstreamMonitor.start(config.upstream(), System::nanoTime));
        upstream.onPoll(new TopologyMeters(meters, upstream));
        AuthQueryVerifiers verifiers = keep(new AuthQueryVerifiers(config.upstream(), upstream));
        Insights insights = keep(new Insights(System::nanoTime));
        Impacts impacts = keep(new Impacts(
                config.upstream(), config.protect().counting(), upstream, insights, clock, System::nanoTime));
        Function<HoldView, Known> known =
                hold -> new Known(insights.of(hold.request().text()), impacts.of(hold));
        HoldAudit holdAudit = new HoldAudit(audit, clock);
        HoldLinks links = new HoldLinks(config.notifications().publicUrl());
        Notifications notifications = keep(new Notifications(config.notifications(), links, impacts, meters, clock));
        List<HoldObserver> observers = new ArrayList<>(
                List.of(holdAudit, new HoldMeters(meters), new GlassAlarm(meters), foresee(insights, impacts)));
        observers.addAll(notifications.observers());
        OpenStore store = keep(new OpenStore(config.controlStore()));
        HoldService holds = new HoldService(
                store.store(),
                config.protect().holds().grantTtl(),
                HoldLimits.DEFAULT.with(config.protect().breakGlass()),
                HoldClock.system(),
                HoldTimer.on(timer("holdfast-holds")),
                new SecureRandom(),
                observers);
        HoldMeters.show(meters, holds);
        FreezeService freezes = new FreezeService(
                store.store(), HoldLimits.DEFAULT, HoldClock.system(), List.of(new FreezeAudit(audit, clock)));
        meters.frozen(() -> freezes.now().freezes().size());
        HoldKeeper keeper = keep(HoldKeeper.start(holds, freezes));
        store.onNews(keeper::news);
        HoldDesk desk = new HoldDesk(holds, keeper.background());
        watchLocks(config, holds, desk.runs(), meters);
        Recorder recorder = new AuditRecorder(audit, holdAudit, meters, clock);
        DatabaseEnvironments environments = keep(new DatabaseEnvironments(config.upstream(), config.ci(), upstream));
        CiRefusals refusals = new CiRefusals(audit, meters, clock, config.ci().announceAgain(), notifications.ciNews());
        refusals.watch(timer("holdfast-ci"), config.ci().announceAgain());
        Guard guard = new Guard(new CiRules(config.ci()), decisions, environments, refusals);
        Views views = new Views(upstream, meters, audit, copier, freezes, guard, clock);
        LoginAudit logins = new LoginAudit(audit, clock);
        Console console = new Console(
                holds,
                freezes,
                new ConsoleSources(views::sessions, views::followers, views::stats, Version.text()),
                known,
                logins);
        var units = meters.units(StatementClass.class);
        People people = new People(config.people());
        Policy policy = Policy.of(config.protect());
        FactsCache facts = new FactsCache(meters);
        FollowerLoad load = new FollowerLoad();
        UserWrites writes = new UserWrites();
        RestorePoints restorePoints =
                new PrimaryRestorePoints(config.upstream(), upstream, clock, PrimaryRestorePoints.LIMIT);
        FollowerRowEstimates rows = keep(new FollowerRowEstimates(
                config.upstream(), config.protect().counting(), upstream, insights, System::nanoTime));
        Catalogs catalogs = keep(new Catalogs(config.upstream(), upstream));
        await(upstream, config.upstream().connectTimeout().plus(START_MARGIN));
        LocalOnlyStart.checkDatabase(guard, config.upstream());
        ProxyServer server = keep(ProxyServer.start(
                config,
                legs -> new SessionServices(
                        policy,
                        facts,
                        catalogs,
                        desk,
                        links,
                        freezes,
                        restorePoints,
                        rows,
                        recorder,
                        upstream,
                        meters,
                        units,
                        legs,
                        load,
                        writes,
                        guard,
                        config.protect(),
                        config.upstream(),
                        config.limits(),
                        clock),
                guard,
                verifiers,
                people,
                console,
                keeper.background()));
        views.serve(server);
        upstream.onPoll(server::polled);
        freezes.onCut(server::cut);
        Tokens tokens = new Tokens(config.people(), people, logins, new LoginThrottle(System::nanoTime));
        LiveStreams live = new LiveStreams();
        holds.onAnyChange(live::changed);
        freezes.onAnyChange(live::changed);
        List<Routes> routes = new ArrayList<>(notifications.routes(holds, config, people));
        routes.add(new HoldApi(holds, tokens, views::sessions, known));
        routes.add(new FreezeApi(freezes, tokens));
        routes.add(new WebPages(
                holds, freezes, tokens, views::sessions, known, live, System::nanoTime, new SecureRandom()));
        startHttp(config.admin(), meters, views, routes);
        keep(live); // ends before the HTTP server does, which would wait for it
        List<HostPort> addresses = server.addresses();
        LOG.info("Listening on {}.", listening(config.listen(), addresses));
        return addresses.isEmpty() ? 0 : addresses.getFirst().port();
    }

    private static String listening(List<ListenAddress> configured, List<HostPort> addresses) {
        Stream<Path> sockets = configured.stream()
                .filter(ListenAddress.UnixSocket.class::isInstance)
                .map(socket -> ((ListenAddress.UnixSocket) socket).path());
        return Stream.concat(addresses.stream(), sockets).map(Object::toString).collect(Collectors.joining(", "));
    }

    /** The first TCP port that clients connect to; 0: none. */
    public int port() {
        return port;
    }

    /** The port of metrics and health; 0: none, or not yet. */
    public int adminPort() {
        return adminPort;
    }

    @Override
    public void close() {
        for (AutoCloseable part = parts.pollLast(); part != null; part = parts.pollLast()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.addLast(part);
        return part;
    }

    private ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        parts.addLast(timer::shutdownNow);
        return timer;
    }

    private @Nullable AuditCopier auditCopier(HoldfastConfig config, Meters meters) {
        String name = config.audit().copyAs();
        if (name == null || !(config.controlStore() instanceof ControlStoreConfig.Shared shared)) {
            return null;
        }
        AuditCopier copier = keep(new AuditCopier(
                name,
                config.audit().file(),
                AuditCopies.forCopying(shared),
                meters::auditCopyBroken,
                System::nanoTime));
        meters.auditCopy(
                () -> copier.status().pending(),
                () -> copier.status().behindFor().toMillis() / 1000.0);
        return copier;
    }

    private void watchLocks(HoldfastConfig config, HoldService holds, ReleasedRuns runs, Meters meters) {
        Duration limit = config.protect().holds().lockAlarm();
        if (limit.isPositive()) {
            LockAlarms alarms = new LockAlarms(holds, runs, System::nanoTime);
            meters.lockWaits(alarms::raised);
            keep(LockWatch.start(config.upstream(), limit, runs, alarms, HoldClock.system()));
        }
    }

    /** So that it is there when somebody looks. */
    private static HoldObserver foresee(Insights insights, Impacts impacts) {
        return (change, view) -> {
            if (change == HoldChange.OPENED) {
                insights.of(view.request().text());
                impacts.of(view);
            }
        };
    }

    /** The first clients should find a follower, but a server that is down must not keep the others' clients out. */
    private static void await(UpstreamMonitor upstream, Duration limit) {
        try {
            upstream.ready().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Not every server has answered: {}", upstream.topology().whyNoPrimary());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Jetty takes its time; clients need not wait for it. */
    private void startHttp(@Nullable HostPort address, Meters meters, Views views, List<Routes> routes) {
        if (address == null) {
            return;
        }
        AdminHttp http = keep(new AdminHttp(
                address, meters::prometheusText, views::isServing, views::notReady, views::remarks, routes));
        Thread.ofVirtual().name("holdfast-admin-start").start(() -> {
            try {
                adminPort = http.start();
            } catch (RuntimeException e) {
                LOG.error("No metrics and no health checks: {}", e.getMessage());
            }
        });
    }
}
