package io.holdfast.proxy.approval;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Two clocks: no deadline depends on the one that people and NTP can set.
 *
 * @param nanoTime monotonic, in nanoseconds from any origin
 * @param wall for display
 */
public record HoldClock(LongSupplier nanoTime, InstantSource wall) {
    public static HoldClock system() {
        return new HoldClock(System::nanoTime, InstantSource.system());
    }
}
