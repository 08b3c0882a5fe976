package io.holdfast.config.load;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.Upstream.Consistency;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section {@code upstream}: the servers behind the proxy. */
final class UpstreamReader {
    private static final List<String> KEYS = List.of(
            "environment",
            "hosts",
            "tls",
            "account",
            "auth-query",
            "max-lag",
            "fallback",
            "consistency",
            "poll-interval",
            "connect-timeout",
            "application-name-add-host");

    /** Stands for hosts that were not given; the problem is reported. */
    private static final List<HostPort> NO_HOSTS = List.of(new HostPort("none", 5432));

    private UpstreamReader() {}

    static Upstream read(Section root) {
        Section upstream = root.requiredSection("upstream", KEYS);
        List<HostPort> hosts = hosts(upstream);
        return new Upstream(
                upstream.required("environment", Kinds.constantOf(Environment.class), Environment.PRODUCTION),
                hosts,
                tls(upstream, hosts.stream().allMatch(Addresses::isLoopback)),
                account(upstream),
                upstream.value("auth-query", Kinds.TEXT, Upstream.DEFAULT_AUTH_QUERY),
                upstream.value("max-lag", Durations.between(Duration.ZERO, Duration.ofDays(1)), Duration.ofSeconds(5)),
                upstream.value("fallback", Kinds.constantOf(Fallback.class), Fallback.PRIMARY),
                upstream.value("consistency", Kinds.constantOf(Consistency.class), Consistency.SESSION),
                upstream.value(
                        "poll-interval",
                        Durations.between(Duration.ofMillis(10), Duration.ofMinutes(1)),
                        Duration.ofMillis(200)),
                upstream.value(
                        "connect-timeout",
                        Durations.between(Duration.ofMillis(100), Duration.ofMinutes(5)),
                        Duration.ofSeconds(5)),
                upstream.value("application-name-add-host", Kinds.BOOLEAN, false));
    }

    private static List<HostPort> hosts(Section upstream) {
        Optional<Value> value = upstream.required("hosts", Addresses.SERVER.expected() + ", or a list of such");
        List<HostPort> hosts = new ArrayList<>();
        Once once = new Once("each server once");
        for (Value element :
                value.map(given -> given.elements(Addresses.SERVER.expected())).orElse(List.of())) {
            element.as(Addresses.SERVER).filter(host -> once.add(host, element)).ifPresent(hosts::add);
        }
        value.ifPresent(Value::refuseEmptyList);
        return hosts.isEmpty() ? NO_HOSTS : hosts;
    }

    /** Without a word about TLS only this machine is trusted with clear text. */
    static UpstreamTls tls(Section parent, boolean loopback) {
        Section tls = parent.section("tls", List.of("mode", "root-certificate"));
        Optional<Path> rootCertificate = tls.get("root-certificate").flatMap(FileValues::readable);
        boolean clear = tls.get("root-certificate").isEmpty() && loopback;
        Mode mode = tls.value("mode", Kinds.constantOf(Mode.class), clear ? Mode.DISABLE : Mode.VERIFY_FULL);
        return new UpstreamTls(mode, rootCertificate.orElse(null));
    }

    private static Account account(Section upstream) {
        Section account = upstream.requiredSection("account", List.of("user", "password", "database"));
        return new Account(
                account.required("user", Kinds.TEXT, ""),
                account.get("password").flatMap(FileValues::secret).orElse(""),
                account.value("database", Kinds.TEXT, "postgres"));
    }
}
