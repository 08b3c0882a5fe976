package io.holdfast.proxy.impact;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a server or a connection says when it fails. */
final class Failure {
    private static final String QUERY_CANCELED = "57014";

    private Failure() {}

    /** In a line; what the server says, without its severity. It may quote what somebody has written. */
    static String words(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        String message = said == null ? failure.getMessage() : said.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Whether statement_timeout was over. A standby cancels with 40001. */
    static boolean isTimeout(SQLException failure) {
        return QUERY_CANCELED.equals(failure.getSQLState());
    }
}
