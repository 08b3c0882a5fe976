package io.holdfast.proxy.testing;

import static org.awaitility.Awaitility.await;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.CiConfig;
import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.Counting;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.Notify;
import io.holdfast.config.Peering;
import io.holdfast.config.PersonConfig;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.ServerTls;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.Upstream.Consistency;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.config.UpstreamTls;
import io.holdfast.proxy.Holdfast;
import io.holdfast.proxy.console.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of {@link TestServers}, with an audit log and people of its own: developers ana and bo; approvers cy (who
 * is also cy_too) and di, and eve, who may release alone. In Slack, ana, cy and di are U0ANA, U0CY and U0DI. Everybody's token is the name with {@code hf_} before it.
 *
 * <pre>{@code
 * @AutoClose
 * private static final ProxyFixture proxy = ProxyFixture.builder().start();
 * }</pre>
 */
public final class ProxyFixture implements AutoCloseable {
    /** Long enough for any test, short enough for one that fails. */
    public static final Holds HOLDS = new Holds(
            2,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5));

    private final TestServers servers;
    private final Holdfast running;
    private final Path audit;

    private ProxyFixture(TestServers servers, Holdfast running, Path audit) {
        this.servers = servers;
        this.running = running;
        this.audit = audit;
    }

    public static Builder builder() {
        return new Builder();
    }

    public TestServers servers() {
        return servers;
    }

    public int port() {
        return running.port();
    }

    /** The audit log's file. */
    public Path audit() {
        return audit;
    }

    /** The port of metrics and health. */
    public int adminPort() {
        await().atMost(Duration.ofSeconds(30)).until(() -> running.adminPort() != 0);
        return running.adminPort();
    }

    /** Without user or options. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + '/' + database;
    }

    /** Through the proxy to the sample database. */
    public Connection connect(String user) throws SQLException {
        return connect(user, Map.of());
    }

    /**
     * Through the proxy to the sample database.
     *
     * @param options of pgjdbc
     */
    public Connection connect(String user, Map<String, String> options) throws SQLException {
        return DriverManager.getConnection(url(TestServers.DATABASE), properties(user, options));
    }

    /** To the admin console. */
    public ConsoleClient console(String user) throws SQLException {
        Properties properties = properties(user, Map.of("preferQueryMode", "simple"));
        return new ConsoleClient(DriverManager.getConnection(url("holdfast"), properties));
    }

    /** A login and options of pgjdbc. */
    public static Properties properties(String user, Map<String, String> options) {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", TestServers.PASSWORD);
        properties.putAll(options);
        return properties;
    }

    @Override
    public void close() {
        running.close();
    }

    /** Defaults: preset guardrail, no TLS, a follower at any lag, reads fall back to the primary, a poll every 20 ms. */
    public static final class Builder {
        private TestServers servers = TestServers.shared();
        private boolean clientTls;
        private boolean clientTlsRequired;
        private @Nullable ClientCertificates clientCertificates;
        private UpstreamTls.Mode upstreamTls = UpstreamTls.Mode.DISABLE;
        private Preset preset = Preset.GUARDRAIL;
        private List<RuleConfig> rules = List.of();
        private Holds holds = HOLDS;
        private Counting counting = Counting.DEFAULT;
        private Duration maxLag = Duration.ofHours(1);
        private Fallback fallback = Fallback.PRIMARY;
        private Consistency consistency = Consistency.SESSION;
        private boolean admin;
        private int inspectBytes = 1 << 20;
        private List<HostPort> hosts = List.of();
        private Notify notify = Notify.NONE;
        private @Nullable ControlStoreConfig controlStore;
        private @Nullable AuditConfig audit;
        private Environment environment = Environment.PRODUCTION;
        private CiConfig ci = CiConfig.DEFAULT;

        private Builder() {}

        /** What the configuration calls the servers; production unless given. */
        public Builder environment(Environment wanted) {
            environment = wanted;
            return this;
        }

        /** Who is CI. */
        public Builder ci(CiConfig wanted) {
            ci = wanted;
            return this;
        }

        public Builder servers(TestServers own) {
            servers = own;
            return this;
        }

        /** What stands before the servers, and is taken for them. */
        public Builder hosts(HostPort... wanted) {
            hosts = List.of(wanted);
            return this;
        }

        /** TLS towards clients, with the servers' certificate. */
        public Builder clientTls(boolean required) {
            clientTls = true;
            clientTlsRequired = required;
            return this;
        }

        /** TLS towards clients, which are asked for certificates. */
        public Builder clientCertificates(ClientCertificates wanted) {
            clientCertificates = wanted;
            return clientTls(wanted.areRequired());
        }

        /** TLS towards the servers, trusting their certificate. */
        public Builder upstreamTls(UpstreamTls.Mode mode) {
            upstreamTls = mode;
            return this;
        }

        public Builder preset(Preset wanted) {
            preset = wanted;
            return this;
        }

        public Builder rules(RuleConfig... wanted) {
            rules = List.of(wanted);
            return this;
        }

        public Builder holds(Holds times) {
            holds = times;
            return this;
        }

        /** Where rows of held statements are counted. */
        public Builder counting(Counting wanted) {
            counting = wanted;
            return this;
        }

        public Builder maxLag(Duration most) {
            maxLag = most;
            return this;
        }

        public Builder fallback(Fallback wanted) {
            fallback = wanted;
            return this;
        }

        public Builder consistency(Consistency wanted) {
            consistency = wanted;
            return this;
        }

        /** Metrics and health over HTTP. */
        public Builder admin() {
            admin = true;
            return this;
        }

        /** Shared with others; else each proxy has a file of its own. */
        public Builder controlStore(ControlStoreConfig shared) {
            controlStore = shared;
            return this;
        }

        /** Where the audit is, also of a proxy that was there before; else each has a file of its own. */
        public Builder audit(AuditConfig wanted) {
            audit = wanted;
            return this;
        }

        public Builder inspectBytes(int most) {
            inspectBytes = most;
            return this;
        }

        /** Who is told of holds. */
        public Builder notify(Notify wanted) {
            notify = wanted;
            return this;
        }

        public ProxyFixture start() {
            try {
                Path file = audit == null ? TestFolder.create("proxy").resolve("audit.jsonl") : audit.file();
                return new ProxyFixture(servers, Holdfast.start(config(file)), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private HoldfastConfig config(Path file) {
            HoldfastConfig config = configWithFile(file).withCi(ci);
            if (audit != null) {
                config = config.withAudit(audit);
            }
            return controlStore == null ? config : config.withControlStore(controlStore);
        }

        private HoldfastConfig configWithFile(Path file) {
            TestCertificate certificate = servers.certificate();
            return new HoldfastConfig(
                    List.of(new ListenAddress.Tcp(new HostPort("127.0.0.1", 0))),
                    List.of(),
                    clientTls
                            ? new ServerTls(
                                    certificate.certificate(), certificate.key(), clientTlsRequired, clientCertificates)
                            : null,
                    new Upstream(
                            environment,
                            hosts.isEmpty() ? servers.hosts() : hosts,
                            new UpstreamTls(upstreamTls, certificate.certificate()),
                            new Account("holdfast", TestServers.PASSWORD, TestServers.DATABASE),
                            "SELECT * FROM holdfast.lookup(?)",
                            maxLag,
                            fallback,
                            consistency,
                            Duration.ofMillis(20),
                            Duration.ofSeconds(5),
                            false),
                    new Protect(preset, rules, holds, Protect.BreakGlass.DEFAULT, counting),
                    List.of(
                            person("ana", Set.of("ana"), "U0ANA", false),
                            person("bo", Set.of("bo"), null, false),
                            person("cy", Set.of("cy", "cy_too"), "U0CY", true),
                            person("di", Set.of("di"), "U0DI", true),
                            new PersonConfig("eve", Set.of("eve"), null, Tokens.hash("hf_eve"), true, true)),
                    new AuditConfig(file, AuditConfig.DEFAULT_ROTATE_BYTES),
                    admin ? new HostPort("127.0.0.1", 0) : null,
                    new Limits(200, Duration.ofSeconds(10), inspectBytes),
                    Peering.NONE,
                    notify);
        }

        private static PersonConfig person(String name, Set<String> users, @Nullable String slack, boolean approves) {
            return new PersonConfig(name, users, slack, Tokens.hash("hf_" + name), approves);
        }
    }
}
