package io.holdfast.proxy.policy;

import static io.holdfast.proxy.policy.Facts.truncate;
import static io.holdfast.proxy.policy.Rules.BO;
import static io.holdfast.proxy.policy.Rules.allow;
import static io.holdfast.proxy.policy.Rules.at;
import static io.holdfast.proxy.policy.Rules.guardrailAfter;
import static io.holdfast.proxy.policy.Rules.refuse;
import static io.holdfast.proxy.policy.Rules.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CertificateSubject;
import io.holdfast.config.Hours;
import io.holdfast.config.Protect;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.Upstream.Environment;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a statement is sent, and to what kind of servers. */
class RequesterConditionsTest {
    private static final Hours NIGHTS =
            new Hours(List.of(new Hours.Window(22 * 60, 6 * 60)), Set.of(), ZoneId.of("Europe/Berlin"));
    private static final When ANYTHING = when(Map.of());

    @Test
    void theInstantIsPartOfTheQuestion() {
        Policy policy = guardrailAfter(refuse(ANYTHING.at(NIGHTS)));

        assertThat(policy.hasHours()).isTrue();
        assertThat(decide(policy, at("2026-03-11T20:59:59Z"))).isInstanceOf(Verdict.Hold.class);
        assertThat(decide(policy, at("2026-03-11T21:00:00Z"))).isInstanceOf(Verdict.Refuse.class);
        assertThat(decide(policy, at("2026-03-11T20:59:59Z")))
                .as("nothing is remembered")
                .isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void aRouteMayHaveHours() {
        RuleConfig rule = new RuleConfig("reports", ANYTHING.at(NIGHTS), new Action.Route(Target.FOLLOWER));
        Policy policy = guardrailAfter(rule);

        assertThat(policy.hasHours()).isTrue();
        assertThat(policy.destination(List.of(truncate("t")), at("2026-03-11T23:00:00Z")))
                .isNotNull();
        assertThat(policy.destination(List.of(truncate("t")), at("2026-03-11T12:00:00Z")))
                .isNull();
    }

    @Test
    void withoutHoursNobodyNeedsAClock() {
        assertThat(guardrailAfter(refuse(ANYTHING)).hasHours()).isFalse();
        assertThat(Policy.of(new Protect(Protect.Preset.STRICT, List.of(), Rules.HOLDS))
                        .hasHours())
                .isFalse();
    }

    @Test
    void aRuleMayBeForSomeEnvironments() {
        Policy policy = guardrailAfter(allow(ANYTHING.in(Set.of(Environment.STAGING, Environment.LOCAL))));

        assertThat(decide(policy, BO)).isInstanceOf(Verdict.Hold.class);
        assertThat(decide(policy, in(Environment.STAGING))).isEqualTo(new Verdict.Forward("allow"));
        assertThat(decide(policy, in(Environment.LOCAL))).isEqualTo(new Verdict.Forward("allow"));
    }

    @Test
    void aRuleMayBeForSomeCertificatesAndNobodyWithoutOneIsMeant() {
        Policy refusing = guardrailAfter(refuse(ANYTHING.certified(List.of("intern-*", "/O=Example/OU=ci/*"))));

        assertThat(decide(refusing, with("intern-3"))).isInstanceOf(Verdict.Refuse.class);
        assertThat(decide(refusing, with("/O=Example/OU=ci/CN=x"))).isInstanceOf(Verdict.Refuse.class);
        assertThat(decide(refusing, with("bo"))).isInstanceOf(Verdict.Hold.class);
        assertThat(decide(refusing, BO)).isInstanceOf(Verdict.Hold.class);
        assertThat(decide(guardrailAfter(allow(ANYTHING.certified(List.of("*")))), BO))
                .as("an empty name is a name, no certificate is none")
                .isInstanceOf(Verdict.Hold.class);
    }

    private static Requester with(String subject) {
        return new Requester(
                BO.user(),
                BO.person(),
                BO.database(),
                BO.application(),
                BO.address(),
                BO.environment(),
                CertificateSubject.parse(subject),
                BO.at());
    }

    private static Requester in(Environment environment) {
        return new Requester(
                BO.user(), BO.person(), BO.database(), BO.application(), BO.address(), environment, BO.at());
    }

    private static Ruling decide(Policy policy, Requester who) {
        return policy.rule(List.of(truncate("t")), who);
    }
}
