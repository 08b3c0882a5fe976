package io.holdfast.proxy.upstream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configured query for a verifier, its parameter bound and never spliced in.
 *
 * @param sql with JDBC's {@code ?}
 * @param parameters how many of them, each the user's name
 */
record AuthQuery(String sql, int parameters) {
    private static final Pattern DOLLAR_ONE = Pattern.compile("\\$1(?![0-9])");
    private static final String SCRAM = "SCRAM-SHA-256$";

    /** As configured: with {@code $1} (as for PgBouncer, possibly more than once), or with one {@code ?}. */
    static AuthQuery of(String text) {
        long dollars = DOLLAR_ONE.matcher(text).results().count();
        return dollars == 0
                ? new AuthQuery(text, 1)
                : new AuthQuery(DOLLAR_ONE.matcher(text).replaceAll("?"), Math.toIntExact(dollars));
    }

    /** Runs it. An answer for another user, or for more than one, is a fault of the query and no answer. */
    VerifierLookup run(Connection connection, String user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, user);
            }
            statement.setMaxRows(2);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new VerifierLookup.Absent(VerifierLookup.Reason.UNKNOWN_USER);
                }
                String name = row.getString(1);
                VerifierLookup answer = verifier(row.getString(2));
                if (!user.equals(name)) {
                    return new VerifierLookup.Unavailable("auth_query answered for another user");
                }
                return row.next() ? new VerifierLookup.Unavailable("auth_query returned more than one row") : answer;
            }
        }
    }

    private static VerifierLookup verifier(@Nullable String stored) {
        if (stored == null) {
            return new VerifierLookup.Absent(VerifierLookup.Reason.NO_PASSWORD);
        }
        return stored.startsWith(SCRAM)
                ? new VerifierLookup.Found(stored)
                : new VerifierLookup.Absent(VerifierLookup.Reason.NOT_SCRAM);
    }
}
