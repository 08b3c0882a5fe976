package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a session's last unit went and why. Written for every unit, so it only keeps what was there; read by people, seldom. */
final class RouteLog {
    private static final String IN_TRANSACTION = "in a transaction, which stays on the server where it began";

    private String why = "nothing was sent yet";
    private @Nullable Topology topology;
    private long required;
    private @Nullable Leg leg;
    private List<StatementFacts> statements = List.of();
    private @Nullable Run running;
    private long nanos;

    /** The transaction decides. */
    void inTransaction() {
        why = IN_TRANSACTION;
        topology = null;
    }

    /** One reason, in a few words. */
    void chose(String reason) {
        why = reason;
        topology = null;
    }

    /** No follower of these had replayed what it must. */
    void notFresh(Topology servers, long requiredLsn) {
        topology = servers;
        required = requiredLsn;
    }

    /** To where it was chosen. */
    void sent(Leg to, Run as) {
        leg = to;
        running = as;
        statements = as.statements();
    }

    /** ReadyForQuery. */
    void ended(Run run, long endedNanos) {
        if (run == running) {
            nanos = endedNanos - run.startedNanos();
            running = null;
        }
    }

    /** One row; see {@link OwnShow}. */
    List<@Nullable String> row() {
        Leg to = leg;
        if (to == null) {
            return Arrays.asList(null, null, null, null, why);
        }
        String commands =
                statements.stream().map(StatementFacts::command).distinct().collect(Collectors.joining(", "));
        return Arrays.asList(
                to.server().toString(),
                to.role() == LegRole.PRIMARY ? "primary" : "follower",
                commands,
                running == null ? millis(nanos) : null,
                why());
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + "." + String.format(Locale.ROOT, "%03d", nanos / 1_000 % 1_000) + " ms";
    }

    private String why() {
        Topology then = topology;
        if (then == null) {
            return why;
        }
        if (then.followers().isEmpty()) {
            return "there is no follower";
        }
        return "no follower is fresh enough: needs "
                + (required == UpstreamState.NOT_YET
                        ? "all that the primary had when the session was answered last"
                        : Lsn.format(required))
                + then.followers().stream().map(RouteLog::state).collect(Collectors.joining("; ", "; ", ""));
    }

    private static String state(Follower follower) {
        Duration lag = follower.lag();
        return follower.address()
                + (follower.usable()
                        ? " has " + Lsn.format(follower.replayLsn())
                                + (lag == null ? "" : ", lags " + lag.toMillis() + " ms")
                        : " is out: " + follower.why());
    }
}
