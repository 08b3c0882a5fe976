package io.holdfast.proxy.web;

import io.holdfast.proxy.console.HoldRows;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.console.Visible;
import java.util.List;

/**
 * A client connection.
 *
 * @param who PostgreSQL user, and the person where the name is another
 * @param from address, application and certificate
 * @param since when it connected
 * @param statement the latest one, in a line
 */
record SessionCard(
        String id, String who, String database, String from, String state, String since, List<Piece> statement) {
    private static final int TEXT_CHARS = 160;

    static SessionCard of(SessionInfo session) {
        String user = Visible.name(session.user());
        String person = session.person() == null ? user : Visible.name(session.person());
        return new SessionCard(
                session.session(),
                person.equals(user) ? user : user + " (" + person + ')',
                Visible.name(session.database()),
                HoldCard.from(session.address(), session.application())
                        + (session.certificate() == null
                                ? ""
                                : " by certificate " + Visible.name(session.certificate())),
                session.state(),
                HoldCard.when(session.since()),
                Piece.of(HoldRows.shortened(session.statement(), TEXT_CHARS)));
    }
}
