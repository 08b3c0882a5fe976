package io.holdfast.proxy.ci;

/**
 * Why a client is taken for CI.
 *
 * @param rule its name, for people
 * @param basis what sort of rule it is
 * @param seen what it has matched, such as {@code application_name "bin/rspec"}
 */
public record Recognition(String rule, Basis basis, String seen) {
    /** Where a rule comes from, which tells how to get out of it. */
    public enum Basis {
        /** The client said so. */
        DECLARED,
        /** One of the configuration. */
        CONFIGURED,
        /** One of {@link WellKnown}. */
        WELL_KNOWN
    }
}
