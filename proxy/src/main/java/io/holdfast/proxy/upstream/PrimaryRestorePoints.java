package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.RestorePoint.None;
import io.holdfast.proxy.approval.RestorePoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restore points on the primary, through the account of the proxy. Each is asked for on a connection of its own, at most {@value #MOST}
 * at once: releases are rare, and a kept connection could be a dead one.
 */
public final class PrimaryRestorePoints implements RestorePoints {
    private static final Logger LOG = LoggerFactory.getLogger(PrimaryRestorePoints.class);

    /** What a released statement waits at most. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int MOST = 4;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final InstantSource clock;
    private final Duration limit;
    private final Semaphore free = new Semaphore(MOST);
    private volatile String lastWhy = "";

    /**
     * Connects when first asked.
     *
     * @param clock of the wall, for names
     * @param limit until there is an answer, be it {@link None}
     */
    public PrimaryRestorePoints(Upstream config, UpstreamState state, InstantSource clock, Duration limit) {
        this.connections = new BackgroundConnections(config);
        this.state = state;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public CompletionStage<RestorePoint> before(HoldId hold) {
        HostPort primary = state.topology().primary();
        CompletableFuture<RestorePoint> answer = new CompletableFuture<>();
        if (primary == null) {
            answer.complete(new None(state.topology().whyNoPrimary()));
        } else {
            Thread.ofVirtual().name("restore-point-" + hold).start(() -> answer(primary, name(hold), answer));
            answer.completeOnTimeout(
                    new None("no answer within " + limit.toMillis() + " ms"), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return answer.thenApply(point -> logged(hold, point));
    }

    /** An id may come again one day, and a restore point of that name is where recovery would stop first. */
    private String name(HoldId hold) {
        return "holdfast-" + hold + '-' + TIME.format(clock.instant());
    }

    private void answer(HostPort primary, String name, CompletableFuture<RestorePoint> answer) {
        try {
            free.acquire();
            try {
                ask(primary, name, answer);
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.complete(new None("the proxy is stopping"));
        }
    }

    /** One that nobody waits for any more is not asked for: it could be set behind the statement. */
    private void ask(HostPort primary, String name, CompletableFuture<RestorePoint> answer) {
        if (answer.isDone()) {
            return;
        }
        try (Connection connection = connections.open(primary)) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, limit.toMillis())));
            if (!answer.isDone()) {
                answer.complete(RestorePointQuery.ask(connection, name));
            }
        } catch (SQLException e) {
            answer.complete(new None(primary + ": " + RestorePointQuery.why(e)));
        } catch (RuntimeException e) { // whatever it is, the statement goes on
            LOG.error("asking {} for a restore point failed", primary, e);
            answer.complete(new None(primary + ": " + e));
        }
    }

    /** That the account may not is said once, not for every hold. */
    private RestorePoint logged(HoldId hold, RestorePoint point) {
        switch (point) {
            case RestorePoint.Named(var name, var lsn, var _) ->
                LOG.info("Restore point {} is set at {}, before {} runs.", name, lsn, hold);
            case RestorePoint.Position(var _, var _, var why) -> {
                if (!why.equals(lastWhy)) {
                    lastWhy = why;
                    LOG.warn("No restore point for {}, only an LSN: {}; this is not said again.", hold, why);
                }
            }
            case None(var why) -> LOG.warn("No restore point and no LSN for {}, which runs now: {}.", hold, why);
        }
        return point;
    }
}
