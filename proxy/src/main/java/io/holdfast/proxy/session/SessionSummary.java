package io.holdfast.proxy.session;

import io.holdfast.proxy.ci.Recognition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is shown to people.
 *
 * @param state lower case, one word
 * @param since when the client had logged in
 * @param ci why it is CI; null: it is not
 */
public record SessionSummary(
        Identity identity,
        String state,
        Instant since,
        @Nullable Recognition ci) {}
