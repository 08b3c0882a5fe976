package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.RawClient;
import io.holdfast.loadtest.load.Stopwatch;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Much data over one connection: how fast, and whether memory stays what it was. */
final class Bulk {
    static final Metric BEFORE = new Metric("resident_before_mib", "RSS before MiB", 0);
    static final Metric PEAK = new Metric("resident_peak_mib", "peak MiB", 0);
    static final Metric AFTER = new Metric("resident_mib", "after MiB", 0);

    static final List<Metric> METRICS =
            List.of(Metric.GIGABYTES_PER_SECOND, Metric.OF_DIRECT, Metric.CPU_SECONDS, BEFORE, PEAK, AFTER);

    private static final double MIB = 1 << 20;
    private static final double GIGABYTE = 1e9;

    private Bulk() {}

    /** Moves bytes over a connection. */
    interface Transfer {
        /** Does so, and gives how many bytes of frames it were, headers included. */
        long over(RawClient client) throws IOException;
    }

    /** Does it once, on a connection of its own. */
    static Outcome measure(Target target, Transfer transfer) throws IOException {
        Child child = target.child();
        try (RawClient client = RawClient.connect(target.port(), Servers.USER)) {
            double before = child == null ? 0 : child.residentBytes() / MIB;
            if (child != null) {
                child.forgetPeak();
            }
            Stopwatch watch = Stopwatch.of(target);
            double gigabytes = transfer.over(client) / GIGABYTE;
            Stopwatch.Lap lap = watch.stop();
            OptionalDouble used = lap.processorNanos();
            return new Outcome(
                    gigabytes / lap.seconds(),
                    used.isEmpty() ? used : OptionalDouble.of(used.getAsDouble() / gigabytes),
                    child == null
                            ? Map.of()
                            : Map.of(
                                    BEFORE, before, PEAK, child.peakBytes() / MIB, AFTER, child.residentBytes() / MIB));
        }
    }
}
