package io.holdfast.config.load;

import io.holdfast.config.Protect.Holds;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.Upstream.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The list {@code protect.rules}. */
final class RuleReader {
    private static final List<String> WHEN_KEYS = List.of(
            "class",
            "command",
            "table",
            "function",
            "opaque",
            "rows-over",
            "user",
            "person",
            "database",
            "application",
            "network",
            "certificate",
            "environment",
            "time",
            "days",
            "zone");
    private static final List<String> HOLD_KEYS = List.of("approvals", "timeout");
    private static final String THEN =
            "allow, hold, refuse, or one of { hold: ... }, { delay: 10m }, { refuse: \"message\" }, { route: primary }";

    private static final Kind<Target> TARGET = Kinds.constantOf(Target.class);
    private static final Kind<Environment> ENVIRONMENT = Kinds.constantOf(Environment.class);

    private static final Kind<String> ONE_WORD =
            new Kind<>(THEN, Optional::of).where(THEN, List.of("allow", "hold", "refuse")::contains);

    private final Holds holds;
    private final People people;
    private final Approvers approvers;
    private final boolean defaultApprovalsChecked;
    private final ClientCertificatesReader.Read certificates;

    /** A rule in which nothing is wrong by itself. */
    private record Placed(RuleConfig rule, Value place) {}

    /**
     * A reader of rules.
     *
     * @param holds what a hold needs if the rule does not say
     * @param people who exists
     * @param approvers who decides
     * @param defaultApprovalsChecked it is known already whether enough people may approve a hold without own numbers
     * @param certificates what clients are asked for
     */
    RuleReader(
            Holds holds,
            People people,
            Approvers approvers,
            boolean defaultApprovalsChecked,
            ClientCertificatesReader.Read certificates) {
        this.holds = holds;
        this.people = people;
        this.approvers = approvers;
        this.defaultApprovalsChecked = defaultApprovalsChecked;
        this.certificates = certificates;
    }

    List<RuleConfig> read(List<Value> values) {
        List<RuleConfig> rules = new ArrayList<>();
        List<Placed> sound = new ArrayList<>();
        Once names = new Once("each name once");
        for (Value value : values) {
            int before = value.reading().problems();
            Section rule = value.section(List.of("name", "when", "then"));
            String name = rule.required("name", Kinds.TEXT, "");
            rule.get("name").filter(_ -> !name.isEmpty()).ifPresent(where -> names.add(name, where));
            When when = when(rule.requiredSection("when", WHEN_KEYS));
            Action then = rule.required("then", THEN)
                    .map(action -> then(action, when))
                    .orElseGet(Action.Allow::new);
            RuleConfig read = new RuleConfig(name, when, then);
            RowsOver.check(read, value);
            rules.add(read);
            if (value.reading().problems() == before) {
                sound.add(new Placed(rules.getLast(), value));
            }
        }
        reportShadows(sound);
        return rules;
    }

    /** What was reported to be wrong is not looked at: a condition that cannot be read would seem to be for everything. */
    private static void reportShadows(List<Placed> rules) {
        for (int i = 1; i < rules.size(); i++) {
            Placed later = rules.get(i);
            rules.subList(0, i).stream()
                    .filter(earlier -> Shadow.lies(earlier.rule(), later.rule()))
                    .findFirst()
                    .ifPresent(earlier -> later.place()
                            .problem(
                                    '\'' + later.rule().name() + "' never decides anything: '"
                                            + earlier.rule().name() + "' at "
                                            + earlier.place().path() + " always does before",
                                    "the narrower rule first, or only one of them"));
        }
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
                some(when, "network", Kinds.NETWORK),
                certificates.patterns(when),
                Set.copyOf(some(when, "environment", ENVIRONMENT)),
                HoursReader.read(when),
                RowsOver.read(when));
    }

    /** An empty list would match everything, which is never what somebody means who writes the key. */
    static <T> List<T> some(Section when, String key, Kind<T> kind) {
        Optional<Value> value = when.get(key);
        value.ifPresent(Value::refuseEmptyList);
        return value.map(given -> given.elements(kind.expected())).orElse(List.of()).stream()
                .flatMap(element -> element.as(kind).stream())
                .toList();
    }

    private Kind<String> person() {
        return new Kind<>("a name from people", Optional::of).where("a name from people", people::has);
    }

    private Action then(Value then, When when) {
        return then.raw().isPresent() ? inOneWord(then, when) : withDetails(then, when);
    }

    private Action inOneWord(Value then, When when) {
        return switch (then.as(ONE_WORD).orElse("")) {
            case "hold" -> hold(Section.none(then.path(), HOLD_KEYS, then.reading()), then, when);
            case "refuse" -> new Action.Refuse("");
            // Or a problem was reported.
            default -> new Action.Allow();
        };
    }

    /** Exactly one key; the action is a placeholder if a problem was reported. */
    private Action withDetails(Value then, When when) {
        Section section = then.section(List.of("hold", "delay", "refuse", "route"));
        if (section.isThere() && section.values().size() != 1) {
            then.problem(section.values().size() + " actions", THEN);
        }
        Optional<Action> hold = section.get("hold").map(value -> hold(value.section(HOLD_KEYS), value, when));
        Optional<Action> delay = section.get("delay")
                .flatMap(value -> value.as(ProtectReader.TIMEOUT))
                .map(Action.Delay::new);
        Optional<Action> refuse =
                section.get("refuse").flatMap(value -> value.as(Kinds.MESSAGE)).map(Action.Refuse::new);
        Optional<Action> route =
                section.get("route").flatMap(value -> value.as(TARGET)).map(Action.Route::new);
        return hold.or(() -> delay).or(() -> refuse).or(() -> route).orElseGet(Action.Allow::new);
    }

    private Action hold(Section hold, Value where, When when) {
        int approvals = ProtectReader.approvals(hold, holds.approvals());
        boolean alreadyAsked = hold.get("approvals").isEmpty() && defaultApprovalsChecked;
        approvers.check(approvals, when, alreadyAsked, hold.get("approvals").orElse(where));
        return new Action.Hold(approvals, hold.value("timeout", ProtectReader.TIMEOUT, holds.timeout()));
    }
}
