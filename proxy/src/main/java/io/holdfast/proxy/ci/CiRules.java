package io.holdfast.proxy.ci;

import io.holdfast.config.CertificatePattern;
import io.holdfast.config.CertificateSubject;
import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.Cidr;
import io.holdfast.proxy.ci.Recognition.Basis;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells CI from everybody else. Pure; the first reason that is found is told. */
public final class CiRules {
    private final List<Rule> rules;
    private final boolean wellKnown;

    private record Rule(CiRule rule, List<ApplicationPattern> applications, List<CertificatePattern> certificates) {}

    public CiRules(CiConfig config) {
        rules = config.rules().stream()
                .map(rule -> new Rule(
                        rule,
                        rule.applications().stream()
                                .map(ApplicationPattern::new)
                                .toList(),
                        rule.certificates().stream().map(CertificatePattern::of).toList()))
                .toList();
        wellKnown = config.wellKnown();
    }

    /** Why this client is CI; null: it is not. */
    public @Nullable Recognition recognise(Caller caller) {
        if (caller.declared()) {
            return new Recognition(
                    "startup option", Basis.DECLARED, "startup option " + Caller.ORIGIN + '=' + Caller.CI);
        }
        if (caller.application().equals(Caller.GUARD)) {
            return new Recognition("ci-guard", Basis.DECLARED, application(caller));
        }
        for (Rule rule : rules) {
            String seen = seen(rule, caller);
            if (seen != null) {
                return new Recognition(rule.rule().name(), Basis.CONFIGURED, seen);
            }
        }
        if (!wellKnown || caller.application().isEmpty()) {
            return null;
        }
        for (ApplicationPattern name : WellKnown.NAMES) {
            if (name.matches(caller.application())) {
                return new Recognition("well-known name " + name, Basis.WELL_KNOWN, application(caller));
            }
        }
        return null;
    }

    /** All of a rule's conditions must hold; null: one does not. */
    private static @Nullable String seen(Rule rule, Caller caller) {
        List<String> seen = new ArrayList<>();
        if (!rule.applications().isEmpty()) {
            if (rule.applications().stream().noneMatch(pattern -> pattern.matches(caller.application()))) {
                return null;
            }
            seen.add(application(caller));
        }
        if (!rule.rule().users().isEmpty()) {
            if (!rule.rule().users().contains(caller.user())) {
                return null;
            }
            seen.add("user \"" + caller.user() + '"');
        }
        if (!rule.rule().networks().isEmpty()) {
            InetAddress address = caller.address().getAddress();
            Cidr network = rule.rule().networks().stream()
                    .filter(candidate -> candidate.contains(address))
                    .findFirst()
                    .orElse(null);
            if (network == null) {
                return null;
            }
            seen.add("address " + address.getHostAddress() + " in " + network);
        }
        if (!rule.certificates().isEmpty()) {
            CertificateSubject certificate = caller.certificate();
            if (certificate == null
                    || rule.certificates().stream().noneMatch(pattern -> pattern.matches(certificate))) {
                return null;
            }
            seen.add("certificate \"" + certificate.name() + '"');
        }
        return String.join(", ", seen);
    }

    private static String application(Caller caller) {
        return "application_name \"" + caller.application() + '"';
    }
}
