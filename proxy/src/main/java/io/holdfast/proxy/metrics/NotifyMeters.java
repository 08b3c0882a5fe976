package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** How messages to one place outside fare. */
public final class NotifyMeters {
    private final MeterRegistry registry;
    private final String channel;
    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;

    NotifyMeters(MeterRegistry registry, String channel) {
        this.registry = registry;
        this.channel = channel;
        sent = counter("holdfast.notify.sent", "Messages that were taken");
        failed = counter("holdfast.notify.failures", "Attempts that failed and are repeated");
        dropped = counter("holdfast.notify.dropped", "Messages that were refused or given up");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("channel", channel)
                .register(registry);
    }

    public void sent() {
        sent.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void dropped() {
        dropped.increment();
    }

    /** Shows how much is not yet sent, asked whenever metrics are read. */
    public void pending(IntSupplier now) {
        Gauge.builder("holdfast.notify.pending", now, IntSupplier::getAsInt)
                .description("Changes of holds that are not yet sent")
                .tag("channel", channel)
                .strongReference(true)
                .register(registry);
    }
}
