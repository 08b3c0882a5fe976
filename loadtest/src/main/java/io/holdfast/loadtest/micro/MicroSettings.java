package io.holdfast.loadtest.micro;

import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.Protect;
import io.holdfast.config.Upstream;
import io.holdfast.config.UpstreamTls;
import java.time.Duration;
import java.util.List;

/** The configuration that benchmarks share: the defaults, for one primary. */
final class MicroSettings {
    static final HostPort PRIMARY = new HostPort("primary", 5432);

    static final Protect.Holds HOLDS = new Protect.Holds(
            2,
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofHours(1));

    static final Protect PROTECT = new Protect(Protect.Preset.GUARDRAIL, List.of(), HOLDS);

    static final Limits LIMITS = new Limits(10, Duration.ofSeconds(15), 1 << 20);

    static final Upstream UPSTREAM = new Upstream(
            Upstream.Environment.PRODUCTION,
            List.of(PRIMARY),
            new UpstreamTls(UpstreamTls.Mode.DISABLE, null),
            new Upstream.Account("holdfast", "", "postgres"),
            Upstream.DEFAULT_AUTH_QUERY,
            Duration.ofSeconds(5),
            Upstream.Fallback.PRIMARY,
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    private MicroSettings() {}
}
