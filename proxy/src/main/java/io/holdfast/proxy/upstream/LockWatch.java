package io.holdfast.proxy.upstream;

import io.holdfast.config.Upstream;
import io.holdfast.proxy.approval.HoldClock;
import io.holdfast.proxy.approval.LockAlarms;
import io.holdfast.proxy.approval.ReleasedRun;
import io.holdfast.proxy.approval.ReleasedRun.Backend;
import io.holdfast.proxy.approval.ReleasedRuns;
import io.holdfast.proxy.upstream.LockLook.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, while released statements run, which of them wait for a lock for too long. Asks nothing before one has been running for that
 * long, then once a second at most, each database by itself, so that a server that hangs delays nobody but its own.
 */
public final class LockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    /** The part of the limit that an alarm may come late by. */
    private static final int PARTS = 10;

    /** One database, and whether somebody looks at it now. */
    private static final class Spot {
        final LockLook look;
        final ReentrantLock busy = new ReentrantLock();

        /** Nobody looks any more. Guarded by the lock. */
        boolean left;

        Spot(LockLook look) {
            this.look = look;
        }
    }

    private final BackgroundConnections connections;
    private final Duration limit;
    private final ReleasedRuns runs;
    private final LockAlarms alarms;
    private final HoldClock clock;
    private final Semaphore begun = new Semaphore(0);
    private final Map<Place, Spot> spots = new HashMap<>();
    private final Thread thread;

    private LockWatch(Upstream config, Duration limit, ReleasedRuns runs, LockAlarms alarms, HoldClock clock) {
        this.connections = new BackgroundConnections(config);
        this.limit = limit;
        this.runs = runs;
        this.alarms = alarms;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("holdfast-locks").unstarted(this::run);
    }

    /**
     * Begins to look.
     *
     * @param limit a wait that has lasted so long is worth an alarm; positive
     */
    public static LockWatch start(
            Upstream config, Duration limit, ReleasedRuns runs, LockAlarms alarms, HoldClock clock) {
        LockWatch watch = new LockWatch(config, limit, runs, alarms, clock);
        runs.onBegin(watch.begun::release);
        watch.thread.start();
        return watch;
    }

    private void run() {
        long pause = Math.max(1, Math.min(LONGEST_INTERVAL.toMillis(), limit.toMillis() / PARTS));
        try {
            while (true) {
                begun.drainPermits();
                List<ReleasedRun> running = runs.now();
                alarms.retain(running);
                look(running);
                if (running.isEmpty()) {
                    begun.acquire();
                } else {
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            look(List.of());
        }
    }

    private void look(List<ReleasedRun> running) {
        Map<Place, List<ReleasedRun>> old =
                running.stream().filter(this::isOld).collect(Collectors.groupingBy(LockWatch::place));
        old.forEach((place, those) -> {
            Spot spot = spots.computeIfAbsent(place, _ -> new Spot(new LockLook(connections, place, limit)));
            Thread.ofVirtual().name("holdfast-locks-" + place.database()).start(() -> look(spot, those));
        });
        for (Iterator<Map.Entry<Place, Spot>> all = spots.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Place, Spot> one = all.next();
            if (!old.containsKey(one.getKey())) {
                all.remove();
                Thread.ofVirtual().start(() -> leave(one.getValue()));
            }
        }
    }

    /** Nothing if the last look has not ended yet. */
    private void look(Spot spot, List<ReleasedRun> those) {
        if (!spot.busy.tryLock()) {
            return;
        }
        try {
            if (spot.left) {
                return;
            }
            spot.look.at(those, clock.wall().instant()).forEach(alarms::seen);
        } catch (RuntimeException e) {
            LOG.error("The locks of released statements could not be looked after.", e); // the next look tries again
        } finally {
            spot.busy.unlock();
        }
    }

    private static void leave(Spot spot) {
        spot.busy.lock();
        try {
            spot.left = true;
            spot.look.disconnect();
        } finally {
            spot.busy.unlock();
        }
    }

    private boolean isOld(ReleasedRun run) {
        Backend backend = run.backend();
        return backend != null
                && backend.primary()
                && clock.nanoTime().getAsLong() - backend.sentNanos() >= limit.toNanos();
    }

    private static Place place(ReleasedRun run) {
        Backend backend = run.backend();
        if (backend == null) {
            throw new IllegalStateException("hold " + run.hold() + ": not sent");
        }
        return new Place(backend.server(), run.database());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
