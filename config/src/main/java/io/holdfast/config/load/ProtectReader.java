package io.holdfast.config.load;

import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig.When;
import java.time.Duration;
import java.util.List;

/** Section {@code protect}: preset, times of waiting, rules. */
final class ProtectReader {
    private static final List<String> KEYS = List.of(
            "preset",
            "approvals",
            "timeout",
            "client-wait",
            "in-transaction-wait",
            "notice-interval",
            "grant-ttl",
            "rules");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Kind<Duration> WAIT = Durations.between(Duration.ZERO, WEEK);

    /** How long a hold or delay can be. */
    static final Kind<Duration> TIMEOUT = Durations.between(Duration.ofSeconds(1), WEEK);

    private static final Kind<Integer> APPROVALS = Kinds.integer(1, 10);

    private ProtectReader() {}

    static Protect read(Section root, People people, Approvers approvers) {
        Section protect = root.section("protect", KEYS);
        Preset preset = protect.value("preset", Kinds.constantOf(Preset.class), Preset.GUARDRAIL);
        Holds holds = holds(protect);
        if (preset != Preset.OBSERVE) {
            approvers.check(holds.approvals(), When.ANYTHING, false, protect.place("approvals"));
        }
        RuleReader rules = new RuleReader(holds, people, approvers, preset != Preset.OBSERVE);
        return new Protect(preset, rules.read(protect.items("rules", "a list of rules")), holds);
    }

    /** How many people a hold needs; 0, for which there are always enough people, if a problem was reported. */
    static int approvals(Section section, int otherwise) {
        return section.get("approvals")
                .map(value -> value.as(APPROVALS).orElse(0))
                .orElse(otherwise);
    }

    private static Holds holds(Section protect) {
        Duration timeout = protect.value("timeout", TIMEOUT, Duration.ofMinutes(30));
        Duration clientWait = protect.value("client-wait", WAIT, timeout);
        if (clientWait.compareTo(timeout) > 0) {
            protect.get("client-wait")
                    .ifPresent(value -> value.problem(value.shown() + ", longer than timeout", "at most timeout"));
        }
        return new Holds(
                approvals(protect, 2),
                timeout,
                clientWait,
                protect.value("in-transaction-wait", WAIT, Duration.ofSeconds(60)),
                protect.value(
                        "notice-interval",
                        Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
                        Duration.ofSeconds(20)),
                protect.value("grant-ttl", TIMEOUT, Duration.ofHours(1)));
    }
}
