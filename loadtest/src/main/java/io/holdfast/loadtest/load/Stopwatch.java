package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

/** Time that passes, and what the process in front of the server uses of it. Runs from when it is made. */
public final class Stopwatch {
    private final Target target;
    private final Duration processor;
    private final long began;

    private Stopwatch(Target target) throws IOException {
        this.target = target;
        this.processor = processor(target);
        this.began = System.nanoTime();
    }

    public static Stopwatch of(Target target) throws IOException {
        return new Stopwatch(target);
    }

    private static Duration processor(Target target) throws IOException {
        Child child = target.child();
        return child == null ? Duration.ZERO : child.processorTime();
    }

    /** So far. */
    public Lap stop() throws IOException {
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Lap(
                seconds,
                target.child() == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(
                                (double) processor(target).minus(processor).toNanos()));
    }

    /**
     * What it shows.
     *
     * @param seconds passed
     * @param processorNanos used by the process; empty if there is none
     */
    public record Lap(double seconds, OptionalDouble processorNanos) {}
}
