package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The gauges of one host, kept for as long as the process runs. */
final class FollowerMeters {
    private volatile double lagSeconds = Double.NaN;
    private volatile double lagBytes = Double.NaN;
    private volatile double usable;

    FollowerMeters(MeterRegistry registry, String host) {
        Gauge.builder("holdfast.follower.lag.seconds", this, meters -> meters.lagSeconds)
                .description("Age of the follower's state at most; NaN: not known")
                .tag("host", host)
                .register(registry);
        Gauge.builder("holdfast.follower.lag.bytes", this, meters -> meters.lagBytes)
                .description("Write-ahead log not yet replayed; NaN: not known")
                .tag("host", host)
                .register(registry);
        Gauge.builder("holdfast.follower.usable", this, meters -> meters.usable)
                .description("1 while the follower serves reads, else 0")
                .tag("host", host)
                .register(registry);
    }

    void set(double newLagSeconds, double newLagBytes, boolean nowUsable) {
        lagSeconds = newLagSeconds;
        lagBytes = newLagBytes;
        usable = nowUsable ? 1 : 0;
    }
}
