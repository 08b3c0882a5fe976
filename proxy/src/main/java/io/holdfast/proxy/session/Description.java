package io.holdfast.proxy.session;

/**
 * Subject of a client's Describe.
 *
 * @param statement that the client is told the rows of
 */
record Description(PreparedStatement statement) {}
