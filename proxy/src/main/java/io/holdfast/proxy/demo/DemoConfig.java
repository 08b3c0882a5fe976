package io.holdfast.proxy.demo;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.PersonConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.ServerTls;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.config.UpstreamTls;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.console.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The demo's configuration: the defaults of a production proxy, on loopback. */
final class DemoConfig {
    private static final int MAX_CLIENTS = 200;
    private static final int INSPECT_BYTES = 1 << 20;

    private static final long BULK_ROWS = 1000;

    private DemoConfig() {}

    static HoldfastConfig of(
            DemoOptions options, PostgresCluster servers, DemoCertificate certificate, DemoLogins logins, Path folder) {
        return new HoldfastConfig(
                loopback(options.port()),
                new ServerTls(certificate.certificate(), certificate.key(), false),
                upstream(servers, logins),
                new Protect(Preset.GUARDRAIL, List.of(bulkChanges()), holds()),
                people(logins),
                new AuditConfig(folder.resolve("audit.jsonl"), AuditConfig.DEFAULT_ROTATE_BYTES),
                loopback(options.adminPort()),
                new Limits(MAX_CLIENTS, Duration.ofSeconds(10), INSPECT_BYTES));
    }

    private static Upstream upstream(PostgresCluster servers, DemoLogins logins) {
        List<HostPort> hosts = Stream.concat(Stream.of(servers.primary()), servers.standbys().stream())
                .map(DemoConfig::address)
                .toList();
        return new Upstream(
                Environment.PRODUCTION,
                hosts,
                new UpstreamTls(UpstreamTls.Mode.DISABLE, null), // loopback
                new Account(DemoLogins.PROXY, logins.password(DemoLogins.PROXY), ShopDatabase.NAME),
                "SELECT * FROM holdfast.lookup(?)",
                Duration.ofSeconds(5),
                Fallback.PRIMARY,
                Duration.ofMillis(500),
                Duration.ofSeconds(5));
    }

    /** What a condition lets through that is true for many rows. */
    private static RuleConfig bulkChanges() {
        When shop = new When(
                Set.of(),
                Set.of("UPDATE", "DELETE"),
                ShopDatabase.TABLES,
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of());
        return new RuleConfig("bulk changes", shop.over(BULK_ROWS), new Action.Hold(1, Duration.ofMinutes(30)));
    }

    private static Holds holds() {
        Duration timeout = Duration.ofMinutes(30);
        return new Holds(2, timeout, timeout, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMinutes(15));
    }

    private static List<PersonConfig> people(DemoLogins logins) {
        return Stream.concat(
                        DemoLogins.DEVELOPERS.stream().map(name -> person(name, logins, false)),
                        DemoLogins.OPERATORS.stream().map(name -> person(name, logins, true)))
                .toList();
    }

    /** In the demo, a password is a token, too: it is random, and one thing less to paste. */
    private static PersonConfig person(String name, DemoLogins logins, boolean approves) {
        return new PersonConfig(name, Set.of(name), null, Tokens.hash(logins.password(name)), approves);
    }

    private static HostPort address(PostgresServer server) {
        return new HostPort(server.host(), server.port());
    }

    private static HostPort loopback(int port) {
        return new HostPort("127.0.0.1", port);
    }
}
