package io.holdfast.proxy.policy;

import io.holdfast.config.CertificatePattern;
import io.holdfast.config.CertificateSubject;
import io.holdfast.config.Cidr;
import io.holdfast.config.RuleConfig.When;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule says of the requester: who, from where, with what, to where, and when. */
final class WhoCondition {
    private final When when;
    private final List<Cidr> networks;
    private final List<CertificatePattern> certificates;

    WhoCondition(When when) {
        this.when = when;
        this.networks = when.networks().stream().map(Cidr::parse).toList();
        this.certificates =
                when.certificates().stream().map(CertificatePattern::of).toList();
    }

    boolean speaksOf(Requester who) {
        return allows(when.users(), who.user())
                && (when.persons().isEmpty()
                        || (who.person() != null && when.persons().contains(who.person())))
                && allows(when.databases(), who.database())
                && allows(when.applications(), who.application())
                && allows(when.environments(), who.environment())
                && (networks.isEmpty() || isInNetwork(who.address()))
                && (certificates.isEmpty() || isNamedBy(who.certificate()))
                && (when.hours() == null || when.hours().contains(who.at()));
    }

    private static <T> boolean allows(Set<T> alternatives, T value) {
        return alternatives.isEmpty() || alternatives.contains(value);
    }

    private boolean isNamedBy(@Nullable CertificateSubject certificate) {
        for (int i = 0; certificate != null && i < certificates.size(); i++) {
            if (certificates.get(i).matches(certificate)) {
                return true;
            }
        }
        return false;
    }

    private boolean isInNetwork(InetAddress address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
