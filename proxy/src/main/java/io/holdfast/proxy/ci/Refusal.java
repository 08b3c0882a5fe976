package io.holdfast.proxy.ci;

import org.jspecify.annotations.Nullable;

/**
 * A client that was turned away.
 *
 * @param recognition why it is CI; null: it need not be, as only local databases are served
 * @param open whether it had a session already
 */
public record Refusal(Caller caller, @Nullable Recognition recognition, Objection objection, boolean open) {}
