package io.holdfast.config.load;

import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ClientCertificates.Demand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys {@code tls.client-*}, and the key {@code certificate} of rules, which is of no use without them. */
final class ClientCertificatesReader {
    /** Keys of section {@code tls}. */
    static final List<String> KEYS = List.of("client-certificate", "client-ca", "client-crl");

    private static final String DEMAND = KEYS.get(0);
    private static final String AUTHORITIES = KEYS.get(1);
    private static final String REVOCATIONS = KEYS.get(2);
    private static final String WITH = "client-certificate: optional, verify-ca or verify-full with it";

    /** What the file can say: {@link Demand}, or that nobody is asked. */
    private enum Word {
        OFF,
        OPTIONAL,
        VERIFY_CA,
        VERIFY_FULL
    }

    private ClientCertificatesReader() {}

    /**
     * What was read.
     *
     * @param areAskedFor whether clients are meant to be asked for certificates, even if something is wrong with how
     * @param value null: they are not, or a problem was reported
     */
    record Read(boolean areAskedFor, @Nullable ClientCertificates value) {
        /** The patterns of a rule's key {@code certificate}; where nobody is asked, no client would ever match one. */
        List<String> patterns(Section rule) {
            if (!areAskedFor && rule.get("certificate").isPresent()) {
                rule.problem(
                        "certificate",
                        "there, but clients are asked for no certificate, so the rule never decides anything",
                        "tls." + WITH);
            }
            return RuleReader.some(rule, "certificate", Kinds.CERTIFICATE);
        }
    }

    static Read read(Section tls) {
        // Empty: something that is none was reported, which is no reason to report the other keys as well.
        Optional<Word> word = tls.get(DEMAND)
                .map(value -> value.as(Kinds.constantOf(Word.class)))
                .orElse(Optional.of(Word.OFF));
        Optional<Path> authorities = tls.get(AUTHORITIES).flatMap(FileValues::readable);
        Optional<Path> revocations = tls.get(REVOCATIONS).flatMap(FileValues::readable);
        if (word.isEmpty()) {
            return new Read(true, null);
        }
        return switch (word.get()) {
            case OFF -> nobody(tls);
            case OPTIONAL -> asked(tls, Demand.OPTIONAL, authorities, revocations);
            case VERIFY_CA -> asked(tls, Demand.VERIFY_CA, authorities, revocations);
            case VERIFY_FULL -> asked(tls, Demand.VERIFY_FULL, authorities, revocations);
        };
    }

    private static Read nobody(Section tls) {
        for (String key : List.of(AUTHORITIES, REVOCATIONS)) {
            if (tls.get(key).isPresent()) {
                tls.problem(key, "there, but clients are asked for no certificate", WITH);
            }
        }
        return new Read(false, null);
    }

    private static Read asked(Section tls, Demand demand, Optional<Path> authorities, Optional<Path> revocations) {
        tls.required(AUTHORITIES, "a PEM file of the authorities whose certificates clients have");
        return new Read(
                true,
                authorities
                        .map(file -> new ClientCertificates(demand, file, revocations.orElse(null)))
                        .orElse(null));
    }
}
