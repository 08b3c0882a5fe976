package io.holdfast.proxy.audit;

import io.holdfast.proxy.audit.SqlPieces.Kind;
import io.holdfast.proxy.audit.SqlPieces.Piece;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes passwords out of what people get to read. In doubt a literal is taken out; that something was is always visible. Pure, about
 * linear, and it never fails: it also takes text that PostgreSQL would reject.
 */
public final class SecretRedactor {
    /** What stands in place of a secret. */
    public static final String REDACTED = "<redacted>";

    /** Code inside code; what is nested deeper is taken out whole. */
    private static final int MAX_DEPTH = 8;

    /** Words between a password's name and its literal: {@code password = crypt('...'}. */
    private static final int REACH = 4;

    /** After these a literal is no password: {@code PASSWORD NULL VALID UNTIL '...'}. */
    private static final Set<String> ENDS = Set.of("null", "and", "or", "where", "from", "is", "valid");

    private static final int LONGEST_CONNECTION_STRING = 2_000;

    private static final Pattern CONNECTION_STRING =
            Pattern.compile("\\s*+(?:(?:\\w++\\s*+=\\s*+(?:'[^']*+'|[^\\s']++)\\s*+)++|\\w++://\\S++\\s*+)");

    private SecretRedactor() {}

    /** SQL without the literals that follow {@code PASSWORD}, and without what looks like a password in other literals and comments. */
    public static String redactSql(String sql) {
        return redact(sql, 0);
    }

    /** A single value, such as one of Bind. */
    public static String redactValue(String value) {
        return LooseSecrets.redact(value);
    }

    /** A message for people that may quote SQL or values, such as a server's error. */
    public static String redactMessage(String message) {
        return redactValue(redactSql(message));
    }

    private static String redact(String sql, int depth) {
        StringBuilder out = new StringBuilder(sql.length());
        SqlPieces pieces = new SqlPieces(sql);
        int reach = 0; // above 0: a literal that comes now is a password
        boolean secret = false; // the last literal was one; PostgreSQL joins literals on neighbouring lines
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            String body = sql.substring(piece.bodyStart(), piece.bodyEnd());
            out.append(sql, piece.start(), piece.bodyStart());
            switch (piece.kind()) {
                case SPACE -> out.append(body);
                case COMMENT -> out.append(redactValue(body));
                case WORD -> {
                    out.append(body);
                    reach = reachAfter(body, reach);
                    secret = false;
                }
                case SYMBOL -> {
                    out.append(body);
                    reach = ",;)".contains(body) ? 0 : reach;
                    secret = false;
                }
                case QUOTED, DOLLAR_QUOTED -> {
                    secret |= reach > 0;
                    out.append(secret ? REDACTED : literal(piece.kind(), body, depth));
                    reach = 0;
                }
            }
            out.append(sql, piece.bodyEnd(), piece.end());
        }
        return out.toString();
    }

    private static int reachAfter(String word, int reach) {
        String folded = word.toLowerCase(Locale.ROOT);
        if (folded.contains("password") || folded.contains("passwd")) {
            return REACH;
        }
        return ENDS.contains(folded) ? 0 : Math.max(0, reach - 1);
    }

    /** A dollar-quoted body is code more often than not, and code must stay readable for who approves it. */
    private static String literal(Kind kind, String body, int depth) {
        if (kind == Kind.QUOTED || isConnectionString(body)) {
            return redactValue(body);
        }
        return depth < MAX_DEPTH ? redact(body, depth + 1) : REDACTED;
    }

    private static boolean isConnectionString(String body) {
        return body.length() <= LONGEST_CONNECTION_STRING
                && CONNECTION_STRING.matcher(body).matches();
    }
}
