/**
 * What a held statement would do to the data, measured on the servers: rows, sizes, where foreign keys lead, triggers, locks and who is
 * in the way. For people: no verdict depends on it.
 *
 * <p>{@code Impacts} is asked and remembers; {@code Measurement} measures one hold. {@code Targets}, {@code Locks}, {@code Cascades},
 * {@code SearchPath} and {@code CountText} are pure; {@code Relations}, {@code ForeignKeys}, {@code Triggers}, {@code LockHolders} and
 * {@code RowCounter} ask a server.
 *
 * <p>A count runs as Holdfast's account, on text that somebody wrote who wants it to be approved. So nothing runs that is not the server's
 * own or an extension's, on a follower, in a transaction that only reads; and what would answer otherwise there than on the primary, or in
 * another session, is not counted. Row security is switched off rather than asked, so that a number is never smaller for it.
 */
@NullMarked
package io.holdfast.proxy.impact;

import org.jspecify.annotations.NullMarked;
