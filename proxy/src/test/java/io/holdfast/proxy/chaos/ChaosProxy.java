package io.holdfast.proxy.chaos;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.Cidr;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.Peering;
import io.holdfast.config.PersonConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.ServerTls;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.config.UpstreamTls;
import io.holdfast.proxy.Holdfast;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestFolder;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A proxy in front of the {@link Victims}, with limits as tight as a test wants them. */
final class ChaosProxy implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Holdfast running;
    private final Path audit;

    private ChaosProxy(Holdfast running, Path audit) {
        this.running = running;
        this.audit = audit;
    }

    /** Room for everybody, two approvals, notices every 200 ms. */
    static ChaosProxy start() throws IOException {
        return start(new Limits(1000, Duration.ofSeconds(10), 1 << 20), false);
    }

    static ChaosProxy start(Limits limits, boolean tls) throws IOException {
        Path audit = TestFolder.create("chaos").resolve("audit.jsonl");
        return new ChaosProxy(Holdfast.start(config(limits, tls, audit)), audit);
    }

    /** As {@link #start()}, but for what is changed. */
    static ChaosProxy start(UnaryOperator<HoldfastConfig> change) throws IOException {
        Path audit = TestFolder.create("chaos").resolve("audit.jsonl");
        HoldfastConfig usual = config(new Limits(1000, Duration.ofSeconds(10), 1 << 20), false, audit);
        return new ChaosProxy(Holdfast.start(change.apply(usual)), audit);
    }

    /** Other doors, the same house. */
    static HoldfastConfig doors(HoldfastConfig usual, List<ListenAddress> listen, List<Cidr> proxyProtocol) {
        return new HoldfastConfig(
                listen,
                proxyProtocol,
                usual.tls(),
                usual.upstream(),
                usual.protect(),
                usual.people(),
                usual.audit(),
                usual.admin(),
                usual.limits(),
                Peering.NONE,
                usual.notifications());
    }

    private static HoldfastConfig config(Limits limits, boolean tls, Path audit) {
        TestServers servers = Victims.alive();
        return new HoldfastConfig(
                new HostPort("127.0.0.1", 0),
                tls
                        ? new ServerTls(
                                servers.certificate().certificate(),
                                servers.certificate().key(),
                                false)
                        : null,
                new Upstream(
                        Environment.PRODUCTION,
                        servers.hosts(),
                        new UpstreamTls(UpstreamTls.Mode.DISABLE, null),
                        new Account("holdfast", TestServers.PASSWORD, TestServers.DATABASE),
                        "SELECT * FROM holdfast.lookup(?)",
                        Duration.ofHours(1),
                        Fallback.PRIMARY,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(5)),
                new Protect(Preset.GUARDRAIL, List.of(), new Holds(2, LONG, LONG, LONG, Duration.ofMillis(200), LONG)),
                List.of(
                        new PersonConfig("ana", Set.of("ana"), null, false),
                        new PersonConfig("cy", Set.of("cy"), null, true),
                        new PersonConfig("di", Set.of("di"), null, true)),
                new AuditConfig(audit, AuditConfig.DEFAULT_ROTATE_BYTES),
                null,
                limits);
    }

    int port() {
        return running.port();
    }

    /** Lines of the audit log. */
    List<String> audit() throws IOException {
        return Files.readAllLines(audit);
    }

    /** Through the proxy by pgjdbc, which gives up after a minute instead of hanging. */
    Connection connect(String application) throws SQLException {
        return connect(port(), "ana", TestServers.DATABASE, application);
    }

    /** An approver at the admin console. */
    Approver approver(String user) throws SQLException {
        return new Approver(port(), user);
    }

    static Connection connect(int port, String user, String database, String application) throws SQLException {
        var properties = ProxyFixture.properties(
                user,
                Map.of(
                        "ApplicationName",
                        application,
                        "socketTimeout",
                        "60",
                        "preferQueryMode",
                        database.equals("holdfast") ? "simple" : "extended"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + '/' + database, properties);
    }

    @Override
    public void close() {
        running.close();
    }
}
