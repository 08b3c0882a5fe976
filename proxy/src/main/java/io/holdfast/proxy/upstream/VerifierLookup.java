package io.holdfast.proxy.upstream;

/** The outcome of a look-up. Clients are told no difference between {@link Absent} and a wrong password. */
public sealed interface VerifierLookup {
    /**
     * The user has one.
     *
     * @param verifier {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}; a secret
     */
    record Found(String verifier) implements VerifierLookup {
        @Override
        public String toString() {
            return "Found";
        }
    }

    /** The user cannot log in with SCRAM. */
    record Absent(Reason reason) implements VerifierLookup {}

    /**
     * Nobody could be asked.
     *
     * @param why one lower-case line for logs
     */
    record Unavailable(String why) implements VerifierLookup {}

    /** Why there is none; for logs and the audit only. */
    enum Reason {
        UNKNOWN_USER,
        /** The role has no password, or it is expired. */
        NO_PASSWORD,
        /** An MD5 hash or clear text. */
        NOT_SCRAM
    }
}
