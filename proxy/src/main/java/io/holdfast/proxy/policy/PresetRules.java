package io.holdfast.proxy.policy;

import io.holdfast.config.Protect.Holds;
import io.holdfast.config.Protect.Preset;
import java.util.List;
import java.util.Set;

/** The presets as ordinary rules. Each ends with one for everything, so that a policy with a preset always has an answer. */
public final class PresetRules {
    /** Begins the name of a rule that only says what another preset would do. */
    public static final String WOULD_HOLD = "observe: would hold";

    private static final Set<String> GUARDRAIL = Set.of("admin", "destructive");
    private static final Set<String> EVERYTHING = Set.of();
    private static final Set<String> STRICT = Set.of("schema", "code", "admin", "destructive");

    private PresetRules() {}

    /** The rules of a preset, in order; its holds need what {@code holds} says. */
    public static List<Rule> of(Preset preset, Holds holds) {
        return switch (preset) {
            case OBSERVE ->
                List.of(
                        Rule.ofClasses(GUARDRAIL, new Verdict.Forward(WOULD_HOLD + " (guardrail)")),
                        Rule.ofClasses(STRICT, new Verdict.Forward(WOULD_HOLD + " (strict)")),
                        Rule.ofOpaque(new Verdict.Forward(WOULD_HOLD + " (strict)")),
                        Rule.ofClasses(EVERYTHING, new Verdict.Forward("observe")));
            case GUARDRAIL ->
                List.of(
                        Rule.ofClasses(GUARDRAIL, hold("guardrail", holds)),
                        Rule.ofClasses(EVERYTHING, new Verdict.Forward("guardrail")));
            case STRICT ->
                List.of(
                        Rule.ofClasses(STRICT, hold("strict", holds)),
                        Rule.ofOpaque(hold("strict", holds)),
                        Rule.ofClasses(EVERYTHING, new Verdict.Forward("strict")));
            case LOCAL_ONLY -> List.of(Rule.ofClasses(EVERYTHING, new Verdict.Forward("local-only")));
        };
    }

    private static Verdict hold(String name, Holds holds) {
        return new Verdict.Hold(name, holds.approvals(), holds.timeout());
    }
}
