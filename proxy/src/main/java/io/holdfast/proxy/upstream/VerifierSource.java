package io.holdfast.proxy.upstream;

import java.util.concurrent.CompletionStage;

/** Where SCRAM verifiers of users come from. */
@FunctionalInterface
public interface VerifierSource {
    /**
     * Looks up a user's verifier; never blocks. The answer is not cached, because a changed or expired password must count at once.
     *
     * @param user the name as the client gave it; nothing in it is trusted
     * @return completes within the source's time limit and never exceptionally, on a thread of the source
     */
    CompletionStage<VerifierLookup> lookup(String user);
}
