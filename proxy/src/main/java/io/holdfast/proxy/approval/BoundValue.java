package io.holdfast.proxy.approval;

import org.jspecify.annotations.Nullable;

/**
 * A value that a held statement is given by Bind, or an argument of a called function.
 *
 * @param statement that it belongs to, counted as the request's facts are, from 1
 * @param parameter its number there, from 1
 * @param text decoded for people; null for SQL NULL
 * @param type by OID, unsigned, as the client has declared it or the server has said; 0: the server finds out from the text
 * @param literal whether the text is all of it, and the server would read it as the same value
 */
public record BoundValue(
        int statement, int parameter, @Nullable String text, int type, boolean literal) {}
