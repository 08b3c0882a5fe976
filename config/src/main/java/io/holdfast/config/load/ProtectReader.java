package io.holdfast.config.load;

import io.holdfast.config.Counting;
import io.holdfast.config.Protect;
import io.holdfast.config.Protect.BreakGlass;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import java.time.Duration;
import java.util.EnumSet;
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
            "break-glass",
            "count-rows",
            "lock-alarm",
            "rules");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Kind<Duration> WAIT = Durations.between(Duration.ZERO, WEEK);

    /** How long a hold or delay can be. */
    static final Kind<Duration> TIMEOUT = Durations.between(Duration.ofSeconds(1), WEEK);

    private static final Kind<Integer> PER_HOUR = Kinds.integer(1, 20);
    private static final Kind<Duration> USE_WITHIN = Durations.between(Duration.ofSeconds(1), Duration.ofHours(1));
    private static final Kind<Preset> PRESET =
            Kinds.constantOf(Preset.class, EnumSet.complementOf(EnumSet.of(Preset.LOCAL_ONLY)));
    private static final Kind<Duration> LOCK_ALARM =
            Durations.orOff(Durations.between(Duration.ofSeconds(1), Duration.ofDays(1)));
    private static final Kind<Integer> APPROVALS = Kinds.integer(1, 10);

    private ProtectReader() {}

    /**
     * Reads it.
     *
     * @param localOnly whether only local databases are served, on which nothing is held
     * @param certificates what clients are asked for
     */
    static Protect read(
            Section root,
            People people,
            Approvers approvers,
            boolean localOnly,
            ClientCertificatesReader.Read certificates) {
        Section protect = root.section("protect", KEYS);
        Preset preset = preset(protect, localOnly);
        Holds holds = holds(protect);
        boolean holdsByItself = preset == Preset.GUARDRAIL || preset == Preset.STRICT;
        if (holdsByItself) {
            approvers.check(holds.approvals(), When.ANYTHING, false, protect.place("approvals"));
        }
        RuleReader reader = new RuleReader(holds, people, approvers, holdsByItself, certificates);
        List<RuleConfig> rules = reader.read(protect.items("rules", "a list of rules"));
        if (localOnly && rules.stream().anyMatch(ProtectReader::waits)) {
            protect.problem(
                    "rules", "holds or delays in mode local-only", "allow, refuse or route: nothing waits there");
        }
        Counting counting = CountingReader.read(protect);
        RowsOver.warn(protect, rules, counting);
        return new Protect(preset, rules, holds, breakGlass(protect), counting);
    }

    private static BreakGlass breakGlass(Section protect) {
        Section glass = protect.section("break-glass", List.of("per-hour", "use-within"));
        return new BreakGlass(
                glass.value("per-hour", PER_HOUR, BreakGlass.DEFAULT.perHour()),
                glass.value("use-within", USE_WITHIN, BreakGlass.DEFAULT.useWithin()));
    }

    private static Preset preset(Section protect, boolean localOnly) {
        if (localOnly && protect.get("preset").isPresent()) {
            protect.problem("preset", "there in mode local-only", "no preset: nothing is held on a local database");
        }
        return localOnly ? Preset.LOCAL_ONLY : protect.value("preset", PRESET, Preset.GUARDRAIL);
    }

    private static boolean waits(RuleConfig rule) {
        return rule.then() instanceof Action.Hold || rule.then() instanceof Action.Delay;
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
                protect.value("grant-ttl", TIMEOUT, Duration.ofHours(1)),
                protect.value("lock-alarm", LOCK_ALARM, Holds.DEFAULT_LOCK_ALARM));
    }
}
