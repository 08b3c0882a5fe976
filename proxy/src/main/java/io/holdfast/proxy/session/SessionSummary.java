package io.holdfast.proxy.session;

import java.time.Instant;

/**
 * A session as it is shown to people.
 *
 * @param state lower case, one word
 * @param since when the client had logged in
 */
public record SessionSummary(Identity identity, String state, Instant since) {}
