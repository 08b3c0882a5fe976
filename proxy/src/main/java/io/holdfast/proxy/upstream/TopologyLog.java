package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators read about the servers: one line per change, none while nothing changes. */
final class TopologyLog {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamMonitor.class);

    private enum Standing {
        UNASKED,
        DOWN,
        PRIMARY,
        SERVING,
        NOT_SERVING
    }

    private TopologyLog() {}

    static void changed(Census before, Census after) {
        for (HostPort host : after.hosts()) {
            Standing standing = standing(after, host);
            if (standing != standing(before, host)) {
                host(host, standing, after);
            }
        }
        HostPort primary = after.topology().primary();
        boolean firstRoundEnds = after.everyHostAsked() && !before.everyHostAsked();
        if (!Objects.equals(primary, before.topology().primary()) || firstRoundEnds) {
            primary(after);
        } else if (after.claimants().size() > 1 && before.claimants().size() <= 1) {
            primary(after);
        }
    }

    private static void host(HostPort host, Standing standing, Census census) {
        switch (standing) {
            case UNASKED -> {}
            case DOWN -> LOG.warn("{} is {}", host, why(census, host));
            case PRIMARY -> LOG.info("{} says it is the primary", host);
            case SERVING -> LOG.info("{} is a follower and serves reads", host);
            case NOT_SERVING -> LOG.warn("{} is a follower but serves no reads: {}", host, why(census, host));
        }
    }

    private static void primary(Census census) {
        if (census.topology().primary() != null) {
            LOG.info("the primary is {}", census.topology().primary());
        } else if (census.claimants().size() > 1) {
            LOG.error(
                    "SPLIT BRAIN: {} all claim to be the primary; none is used until only one does",
                    census.claimants());
        } else if (census.everyHostAsked()) {
            LOG.warn("{}", census.topology().whyNoPrimary());
        }
    }

    private static Standing standing(Census census, HostPort host) {
        return switch (census.answer(host)) {
            case HostAnswer.Unasked() -> Standing.UNASKED;
            case HostAnswer.Down down -> Standing.DOWN;
            case HostAnswer.Primary primary -> Standing.PRIMARY;
            case HostAnswer.Standby standby -> why(census, host).isEmpty() ? Standing.SERVING : Standing.NOT_SERVING;
        };
    }

    private static String why(Census census, HostPort host) {
        return census.topology().followers().stream()
                .filter(follower -> follower.address().equals(host))
                .findFirst()
                .map(Follower::why)
                .orElse("");
    }
}
