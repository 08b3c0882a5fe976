package io.holdfast.config.load;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Cidr;
import io.holdfast.config.Upstream.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys {@code mode}, {@code local-networks} and {@code ci}. */
final class CiReader {
    private static final List<String> CONDITIONS = List.of("application", "user", "network", "certificate");
    private static final List<String> RULE_KEYS = List.of("name", "application", "user", "network", "certificate");
    private static final String RULE = "at least one of " + String.join(", ", CONDITIONS);

    private CiReader() {}

    /**
     * Reads them.
     *
     * @param environment what the configuration calls the servers
     * @param certificates what clients are asked for
     */
    static CiConfig read(Section root, Mode mode, Environment environment, ClientCertificatesReader.Read certificates) {
        boolean localOnly = mode == Mode.LOCAL_ONLY;
        List<Cidr> networks = networks(root, "local-networks");
        if (localOnly && environment != Environment.LOCAL) {
            root.problem("mode", "local-only, but upstream.environment is not", "environment: local with it");
        }
        if (!localOnly && root.get("local-networks").isPresent()) {
            root.problem("local-networks", "there without mode: local-only", "mode: local-only with it");
        }
        Section ci = root.section(
                "ci",
                List.of(
                        "well-known",
                        "rules",
                        "silence",
                        "environment-query",
                        "environment-refresh",
                        "announce-again"));
        return new CiConfig(
                mode,
                networks,
                ci.value("well-known", Kinds.BOOLEAN, true),
                rules(ci.items("rules", "a list of rules"), certificates),
                ci.value("silence", Kinds.constantOf(Silence.class), Silence.TRUST),
                ci.get("environment-query")
                        .flatMap(value -> value.as(Kinds.TEXT))
                        .orElse(null),
                ci.value(
                        "environment-refresh",
                        Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
                        CiConfig.DEFAULT.environmentRefresh()),
                ci.value(
                        "announce-again",
                        Durations.between(Duration.ofSeconds(1), Duration.ofDays(1)),
                        CiConfig.DEFAULT.announceAgain()));
    }

    /** What the proxy is for; other sections depend on it. */
    static Mode mode(Section root) {
        return root.value("mode", Kinds.constantOf(Mode.class), Mode.NORMAL);
    }

    private static List<CiRule> rules(List<Value> values, ClientCertificatesReader.Read certificates) {
        List<CiRule> rules = new ArrayList<>();
        Once names = new Once("each name once");
        for (Value value : values) {
            Section rule = value.section(RULE_KEYS);
            String name = rule.required("name", Kinds.TEXT, "");
            rule.get("name").filter(_ -> !name.isEmpty()).ifPresent(where -> names.add(name, where));
            List<String> applications = some(rule, "application", Kinds.TEXT);
            Set<String> users = Set.copyOf(some(rule, "user", Kinds.TEXT));
            List<Cidr> networks = networks(rule, "network");
            List<String> subjects = certificates.patterns(rule);
            if (rule.isThere()
                    && RULE_KEYS.stream().skip(1).allMatch(key -> rule.get(key).isEmpty())) {
                value.problem("no condition", RULE);
            }
            if (!applications.isEmpty() || !users.isEmpty() || !networks.isEmpty() || !subjects.isEmpty()) {
                rules.add(new CiRule(name, applications, users, networks, subjects));
            }
        }
        return rules;
    }

    private static List<Cidr> networks(Section section, String key) {
        return some(section, key, Kinds.NETWORK).stream().map(Cidr::parse).toList();
    }

    /** An empty list would match everything, or nothing; nobody means either who writes the key. */
    private static <T> List<T> some(Section section, String key, Kind<T> kind) {
        Optional<Value> value = section.get(key);
        value.ifPresent(Value::refuseEmptyList);
        return value.map(given -> given.elements(kind.expected())).orElse(List.of()).stream()
                .flatMap(element -> element.as(kind).stream())
                .toList();
    }
}
