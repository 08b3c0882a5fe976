package io.holdfast.proxy.policy;

import io.holdfast.config.Protect;
import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.Upstream.Environment;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules and requesters by hand. A rule is named after what it does: {@code allow}, {@code hold}, {@code delay}, {@code refuse}. */
final class Rules {
    static final Duration TIMEOUT = Duration.ofMinutes(30);
    static final Holds HOLDS =
            new Holds(2, TIMEOUT, TIMEOUT, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofHours(1));
    static final Requester BO = who("bo", "bo");

    private Rules() {}

    static Policy guardrailAfter(RuleConfig... rules) {
        return policy(Preset.GUARDRAIL, rules);
    }

    static Policy policy(Preset preset, RuleConfig... rules) {
        return Policy.of(new Protect(preset, List.of(rules), HOLDS));
    }

    static RuleConfig allow(When when) {
        return new RuleConfig("allow", when, new Action.Allow());
    }

    static RuleConfig hold(int approvals, When when) {
        return new RuleConfig("hold", when, new Action.Hold(approvals, TIMEOUT));
    }

    static RuleConfig delay(int minutes, When when) {
        return new RuleConfig("delay", when, new Action.Delay(Duration.ofMinutes(minutes)));
    }

    static RuleConfig refuse(When when) {
        return new RuleConfig("refuse", when, new Action.Refuse("never"));
    }

    /** Conditions by the key they have in the file, alternatives separated by |. */
    static When when(Map<String, String> conditions) {
        return new When(
                set(conditions.get("class")),
                set(conditions.get("command")),
                List.copyOf(set(conditions.get("table"))),
                List.copyOf(set(conditions.get("function"))),
                conditions.containsKey("opaque"),
                set(conditions.get("user")),
                set(conditions.get("person")),
                set(conditions.get("database")),
                set(conditions.get("application")),
                List.copyOf(set(conditions.get("network"))));
    }

    static Requester who(String user, @Nullable String person) {
        return new Requester(
                user,
                person,
                "shop",
                "psql",
                InetAddress.ofLiteral("10.1.2.3"),
                Environment.PRODUCTION,
                Instant.parse("2026-03-11T12:00:00Z"));
    }

    static Requester at(String instant) {
        return new Requester(
                BO.user(),
                BO.person(),
                BO.database(),
                BO.application(),
                BO.address(),
                BO.environment(),
                Instant.parse(instant));
    }

    private static Set<String> set(@Nullable String value) {
        return value == null ? Set.of() : Set.of(value.split("\\|"));
    }
}
