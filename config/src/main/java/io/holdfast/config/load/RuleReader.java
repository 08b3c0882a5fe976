package io.holdfast.config.load;

import io.holdfast.config.Protect.Holds;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.config.RuleConfig.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The list {@code protect.rules}. */
final class RuleReader {
    private static final List<String> WHEN_KEYS = List.of(
            "class", "command", "table", "function", "opaque", "user", "person", "database", "application", "network");
    private static final List<String> HOLD_KEYS = List.of("approvals", "timeout");
    private static final String THEN =
            "allow, hold, refuse, or one of { hold: ... }, { delay: 10m }, { refuse: \"message\" }, { route: primary }";

    private static final Kind<Target> TARGET = Kinds.constantOf(Target.class);

    private static final Kind<String> ONE_WORD =
            new Kind<>(THEN, Optional::of).where(THEN, List.of("allow", "hold", "refuse")::contains);

    private final Holds holds;
    private final People people;
    private final boolean defaultApprovalsChecked;

    /**
     * A reader of rules.
     *
     * @param holds what a hold needs if the rule does not say
     * @param people who exists
     * @param defaultApprovalsChecked it is known already whether enough people may approve a hold without own numbers
     */
    RuleReader(Holds holds, People people, boolean defaultApprovalsChecked) {
        this.holds = holds;
        this.people = people;
        this.defaultApprovalsChecked = defaultApprovalsChecked;
    }

    List<RuleConfig> read(List<Value> values) {
        List<RuleConfig> rules = new ArrayList<>();
        Once names = new Once("each name once");
        for (Value value : values) {
            Section rule = value.section(List.of("name", "when", "then"));
            String name = rule.required("name", Kinds.TEXT, "");
            rule.get("name").filter(_ -> !name.isEmpty()).ifPresent(where -> names.add(name, where));
            When when = when(rule.requiredSection("when", WHEN_KEYS));
            Action then = rule.required("then", THEN).map(this::then).orElseGet(Action.Allow::new);
            rules.add(new RuleConfig(name, when, then));
        }
        return rules;
    }

    private When when(Section when) {
        return new When(
                Set.copyOf(some(when, "class", Kinds.STATEMENT_CLASS)),
                Set.copyOf(some(when, "command", Commands.COMMAND)),
                some(when, "table", Kinds.NAME_PATTERN),
                some(when, "function", Kinds.NAME_PATTERN),
                when.value("opaque", Kinds.TRUE, false),
                Set.copyOf(some(when, "user", Kinds.TEXT)),
                Set.copyOf(some(when, "person", person())),
                Set.copyOf(some(when, "database", Kinds.TEXT)),
                Set.copyOf(some(when, "application", Kinds.TEXT)),
                some(when, "network", Kinds.NETWORK));
    }

    /** An empty list would match everything, which is never what somebody means who writes the key. */
    private static <T> List<T> some(Section when, String key, Kind<T> kind) {
        Optional<Value> value = when.get(key);
        value.ifPresent(Value::refuseEmptyList);
        return value.map(given -> given.elements(kind.expected())).orElse(List.of()).stream()
                .flatMap(element -> element.as(kind).stream())
                .toList();
    }

    private Kind<String> person() {
        return new Kind<>("a name from people", Optional::of).where("a name from people", people::has);
    }

    private Action then(Value then) {
        return then.raw().isPresent() ? inOneWord(then) : withDetails(then);
    }

    private Action inOneWord(Value then) {
        return switch (then.as(ONE_WORD).orElse("")) {
            case "hold" -> hold(Section.none(then.path(), HOLD_KEYS, then.reading()), then);
            case "refuse" -> new Action.Refuse("");
            // Or a problem was reported.
            default -> new Action.Allow();
        };
    }

    /** Exactly one key; the action is a placeholder if a problem was reported. */
    private Action withDetails(Value then) {
        Section section = then.section(List.of("hold", "delay", "refuse", "route"));
        if (section.isThere() && section.values().size() != 1) {
            then.problem(section.values().size() + " actions", THEN);
        }
        Optional<Action> hold = section.get("hold").map(value -> hold(value.section(HOLD_KEYS), value));
        Optional<Action> delay = section.get("delay")
                .flatMap(value -> value.as(ProtectReader.TIMEOUT))
                .map(Action.Delay::new);
        Optional<Action> refuse =
                section.get("refuse").flatMap(value -> value.as(Kinds.MESSAGE)).map(Action.Refuse::new);
        Optional<Action> route =
                section.get("route").flatMap(value -> value.as(TARGET)).map(Action.Route::new);
        return hold.or(() -> delay).or(() -> refuse).or(() -> route).orElseGet(Action.Allow::new);
    }

    private Action hold(Section hold, Value where) {
        int approvals = ProtectReader.approvals(hold, holds.approvals());
        if (hold.get("approvals").isPresent() || !defaultApprovalsChecked) {
            people.checkEnough(approvals, hold.get("approvals").orElse(where)::problem);
        }
        return new Action.Hold(approvals, hold.value("timeout", ProtectReader.TIMEOUT, holds.timeout()));
    }
}
