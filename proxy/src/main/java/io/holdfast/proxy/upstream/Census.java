package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.HostAnswer.Down;
import io.holdfast.proxy.upstream.HostAnswer.Primary;
import io.holdfast.proxy.upstream.HostAnswer.Standby;
import io.holdfast.proxy.upstream.HostAnswer.Unasked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of every host and what follows from them. Immutable: a poll makes the next census from the last.
 *
 * <p>It fails closed. No primary is named before every host was asked once, none while two claim to be it (their timelines could tell
 * which is newer, but not which one the applications write to), and none of another cluster than the first one seen.
 */
final class Census {
    private final Duration maxLag;
    private final Map<HostPort, HostAnswer> answers;
    private final long system;
    private final @Nullable HostPort sampled;
    private final LsnSamples samples;
    private final Map<String, String> parameters;
    private final Topology topology;

    /** Nobody was asked yet. */
    static Census of(List<HostPort> hosts, Duration maxLag) {
        Map<HostPort, HostAnswer> answers = new LinkedHashMap<>();
        hosts.forEach(host -> answers.put(host, new Unasked()));
        return new Census(maxLag, answers, HostAnswer.UNKNOWN_SYSTEM, null, LsnSamples.NONE, Map.of());
    }

    private Census(
            Duration maxLag,
            Map<HostPort, HostAnswer> answers,
            long previousSystem,
            @Nullable HostPort previouslySampled,
            LsnSamples previousSamples,
            Map<String, String> previousParameters) {
        this.maxLag = maxLag;
        this.answers = Collections.unmodifiableMap(answers);
        HostPort primary = solePrimary(answers, previousSystem);
        if (primary != null && answers.get(primary) instanceof Primary answer) {
            // Another host's LSNs are of another timeline.
            LsnSamples known = primary.equals(previouslySampled) ? previousSamples : LsnSamples.NONE;
            system = previousSystem == HostAnswer.UNKNOWN_SYSTEM ? answer.system() : previousSystem;
            sampled = primary;
            samples = known.endsWith(answer.sentAt()) ? known : known.plus(answer.sentAt(), answer.insertLsn());
            parameters = answer.parameters();
        } else {
            system = previousSystem;
            sampled = previouslySampled;
            samples = previousSamples;
            parameters = previousParameters;
        }
        List<Follower> followers = new ArrayList<>();
        answers.forEach((host, answer) -> {
            if (!host.equals(primary)) {
                followers.add(follower(host, answer));
            }
        });
        topology = new Topology(primary, followers, silent(answers));
    }

    /** This, with a newer answer of one host; an answer from before the host was suspected changes nothing. */
    Census with(HostPort host, HostAnswer answer) {
        if (answer(host) instanceof Down down && isBefore(answer, down.since())) {
            return this;
        }
        Map<HostPort, HostAnswer> next = new LinkedHashMap<>(answers);
        if (next.replace(host, answer) == null) {
            throw new IllegalArgumentException("host: " + host + " (expected: one of " + answers.keySet() + ')');
        }
        return new Census(maxLag, next, system, sampled, samples, parameters);
    }

    private static boolean isBefore(HostAnswer answer, long time) {
        return switch (answer) {
            case Unasked() -> true;
            case Down down -> down.since() - time < 0;
            case Primary primary -> primary.sentAt() - time < 0;
            case Standby standby -> standby.sentAt() - time < 0;
        };
    }

    private static @Nullable HostPort solePrimary(Map<HostPort, HostAnswer> answers, long system) {
        List<HostPort> claimants = claimants(answers);
        if (claimants.size() != 1 || answers.values().stream().anyMatch(Unasked.class::isInstance)) {
            return null;
        }
        HostPort sole = claimants.getFirst();
        return answers.get(sole) instanceof Primary primary && sameSystem(primary.system(), system) ? sole : null;
    }

    private static List<HostPort> claimants(Map<HostPort, HostAnswer> answers) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Primary)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean sameSystem(long one, long other) {
        return one == HostAnswer.UNKNOWN_SYSTEM || other == HostAnswer.UNKNOWN_SYSTEM || one == other;
    }

    private Follower follower(HostPort host, HostAnswer answer) {
        return switch (answer) {
            case Unasked() -> out(host, "not asked yet");
            case Down down -> out(host, "down: " + down.why());
            case Primary claimant -> out(host, whyNotPrimary(claimant));
            case Standby standby -> standby(host, standby);
        };
    }

    private String whyNotPrimary(Primary claimant) {
        if (!sameSystem(claimant.system(), system)) {
            return otherCluster(claimant.system());
        }
        return claimants(answers).size() > 1
                ? "one of several that claim to be the primary"
                : "says it is the primary, but not every host was asked yet";
    }

    private Follower standby(HostPort host, Standby standby) {
        Duration lag = Lag.of(standby, samples);
        String why;
        if (!sameSystem(standby.system(), system)) {
            why = otherCluster(standby.system());
        } else if (system == HostAnswer.UNKNOWN_SYSTEM && !standbysAgree()) {
            why = "the hosts belong to different clusters, and no primary was seen yet";
        } else if (lag == null) {
            why = "its lag is not known yet";
        } else if (lag.compareTo(maxLag) > 0) {
            why = "lags " + lag.toMillis() + " ms (max-lag: " + maxLag.toMillis() + " ms)";
        } else {
            why = "";
        }
        return new Follower(host, standby.replayLsn(), lag, why.isEmpty(), why, standby.sentAt());
    }

    private static Set<HostPort> silent(Map<HostPort, HostAnswer> answers) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Down down && down.silent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean standbysAgree() {
        return answers.values().stream()
                        .filter(Standby.class::isInstance)
                        .mapToLong(answer -> ((Standby) answer).system())
                        .distinct()
                        .count()
                <= 1;
    }

    private String otherCluster(long other) {
        return "belongs to another cluster: system identifier " + Long.toUnsignedString(other) + " (expected: "
                + Long.toUnsignedString(system) + ')';
    }

    private static Follower out(HostPort host, String why) {
        return new Follower(host, Lsn.ZERO, null, false, why, 0);
    }

    /** Hosts that said in their last answer that they are the primary. */
    List<HostPort> claimants() {
        return claimants(answers);
    }

    boolean everyHostAsked() {
        return answers.values().stream().noneMatch(Unasked.class::isInstance);
    }

    Set<HostPort> hosts() {
        return answers.keySet();
    }

    HostAnswer answer(HostPort host) {
        return answers.getOrDefault(host, new Unasked());
    }

    Topology topology() {
        return topology;
    }

    LsnSamples samples() {
        return samples;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
