package io.holdfast.proxy.notify;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
    /** Returns after that time; at once if it is not positive. */
    void of(Duration time) throws InterruptedException;
}
