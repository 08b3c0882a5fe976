package io.holdfast.proxy.error;

import static io.holdfast.proxy.error.Severity.ERROR;
import static io.holdfast.proxy.error.Severity.FATAL;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything the proxy itself tells a client.
 *
 * <p>Codes have effects: drivers run a transaction again on 40001 and 40P01, pools throw a connection away on 08xxx and 57Pxx,
 * drivers look for another host on 25006. So what leaves the session open uses none of these. Class {@code PW} is free for
 * implementations and is ours. Where PostgreSQL has a message for the case, its words are used.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 * @see <a href="https://www.postgresql.org/docs/current/error-style-guide.html">Error Message Style Guide</a>
 */
public enum ProxyError {
    // Refusals of a statement. %1$s and so on are the arguments of report().

    /** Arguments: hold, person who denied. Detail: the reason given. */
    HOLD_DENIED(
            "PW001",
            ERROR,
            "statement was not approved: %1$s was denied by %2$s",
            "Nothing of it was executed; talk to %2$s before running it again."),
    /** Argument: hold. */
    HOLD_EXPIRED(
            "PW002",
            ERROR,
            "statement was not approved in time: %1$s has expired",
            "Nothing of it was executed; ask an approver, then run it again."),
    /** Argument: rule. Detail: the rule's own message. */
    REFUSED_BY_RULE(
            "PW003",
            ERROR,
            "refused by rule \"%1$s\"",
            "Nothing of it was executed; ask the owner of the rule how to do this."),
    /** Argument: hold. The ticket stays open after this error. */
    NEEDS_APPROVAL(
            "PW004",
            ERROR,
            "statement needs approval: %1$s is open",
            "Run exactly the same statement again once %1$s is approved."),
    /** Detail: who froze, and why. */
    FROZEN("PW005", ERROR, "writes are frozen", "Reads still work; writes do again after THAW."),
    /** Argument: why, lower case, such as {@code text is longer than 1048576 bytes}. */
    CANNOT_INSPECT(
            "PW006",
            ERROR,
            "statement cannot be inspected: %1$s",
            "Nothing of it was executed; only what can be inspected is forwarded."),
    AUDIT_UNAVAILABLE(
            "PW007",
            ERROR,
            "statement cannot be recorded: the audit log is not available",
            "Nothing of it was executed. Reads still work; tell the operators of the proxy."),
    /**
     * Arguments: who, as {@code CI reaches}; what is not local, as {@code database "shop" is production}. Detail: who was taken for CI, by
     * what, and why it is not local. Closes the connection: a test suite must not go on to its next statement.
     */
    CI_GUARD(
            "PW008",
            FATAL,
            "connection refused: %1$s local databases only, and %2$s",
            "Point the job at a database on its own machine."),
    /**
     * In a session; argument: what was looked for, such as {@code primary}. Not an 08 code: the session itself is whole, and its
     * next statement may find a server.
     */
    NO_SERVER_REACHABLE(
            "PW009",
            ERROR,
            "no %1$s is reachable",
            "Nothing of it was executed; run it again when the server is back."),
    /** No hold can be opened: fail closed. */
    TOO_MANY_HOLDS(
            "PW010",
            ERROR,
            "statement needs approval, and too many others are waiting for it",
            "Nothing of it was executed; run it again when some have been decided."),
    /** Not known to be held, or to be released, so it is not: fail closed. */
    STORE_UNAVAILABLE(
            "PW011",
            ERROR,
            "statement needs approval, and the control store is not available",
            "Nothing of it was executed. Reads and ordinary writes still work; tell the operators of the proxy."),
    /** Argument: hold, approved and now failed. Detail: what has changed. */
    OBJECTS_CHANGED(
            "PW013",
            ERROR,
            "statement is not what was approved any more: what %1$s names has changed",
            "Nothing of it was executed; run it again to have it looked at as it is now."),
    /** Argument: what is not supported. */
    FEATURE_NOT_SUPPORTED("0A000", ERROR, "%1$s is not supported by the proxy", null),
    /** Argument: {@code prepared statement} or {@code portal}. PostgreSQL would cut the name and could mix up two. */
    NAME_TOO_LONG("42622", ERROR, "%1$s name is longer than 63 bytes", "Use a shorter name."),
    CANCELED("57014", ERROR, "canceling statement due to user request", null),

    // At login.

    /** Argument: user. One answer for a wrong password and an unknown user. */
    AUTHENTICATION_FAILED("28P01", FATAL, "password authentication failed for user \"%1$s\"", null),
    /** Argument: why, lower case. */
    INVALID_AUTHORIZATION("28000", FATAL, "connection rejected: %1$s", null),
    TLS_REQUIRED(
            "28000",
            FATAL,
            "connection rejected: no encryption",
            "This server accepts TLS connections only; use sslmode=require or stricter."),
    CERTIFICATE_REQUIRED(
            "28000",
            FATAL,
            "connection requires a valid client certificate",
            "Connect with sslcert and sslkey, a certificate that this server's client-ca has signed."),
    /** Argument: user. */
    CERTIFICATE_OF_ANOTHER(
            "28000",
            FATAL,
            "certificate authentication failed for user \"%1$s\"",
            "The common name in the client's certificate must be the user's name."),
    NO_USER("28000", FATAL, "no PostgreSQL user name specified in startup packet", null),
    TOO_MANY_CLIENTS("53300", FATAL, "sorry, too many clients already", null),
    /** Argument: user. */
    TOO_MANY_FOR_ROLE("53300", FATAL, "too many connections for role \"%1$s\"", null),
    /** Argument: database. */
    TOO_MANY_FOR_DATABASE("53300", FATAL, "too many connections for database \"%1$s\"", null),
    AUTHENTICATION_TIMEOUT("57014", FATAL, "canceling authentication due to timeout", null),
    /** Argument: what is wrong with the first packets, in PostgreSQL's words. */
    INVALID_STARTUP("08P01", FATAL, "%1$s", null),
    /** Arguments: major, minor. */
    UNSUPPORTED_PROTOCOL("0A000", FATAL, "unsupported frontend protocol %1$s.%2$s: server supports 3.0 to 3.2", null),
    /** At login. 57P03 is what clients and health checks know as "try again later". */
    UPSTREAM_UNAVAILABLE(
            "57P03", FATAL, "the database system is not available: no primary reachable", "Try again later."),

    // Ends of a session.

    /** Argument: what was wrong, lower case. */
    PROTOCOL_VIOLATION("08P01", FATAL, "invalid message from client: %1$s", null),
    PROTOCOL_SYNC_LOST("08P01", FATAL, "terminating connection because protocol synchronization was lost", null),
    /** The connection to the server in use has died. 57P01, so that pools throw this connection away too. */
    UPSTREAM_LOST(
            "57P01",
            FATAL,
            "terminating connection because the connection to the server was lost",
            "Whether the running statement took effect is not known; look before running it again."),
    /** Detail: who froze, and why. 57P01, so that pools throw the connection away. */
    FROZEN_CUT(
            "57P01",
            FATAL,
            "terminating connection because writes are frozen",
            "An open transaction was rolled back; whether a running statement took effect is not known."),
    IDLE_SESSION_TIMEOUT("57P05", FATAL, "terminating connection due to idle-session timeout", null),
    ADMIN_SHUTDOWN("57P01", FATAL, "terminating connection due to administrator command", null),

    // The admin console.

    /** Argument: {@code or near "word"}, or {@code end of input}. */
    SYNTAX_ERROR("42601", ERROR, "syntax error at %1$s", "HELP lists the commands."),
    /** Argument: why, lower case. */
    NOT_PERMITTED("42501", ERROR, "permission denied: %1$s", null),
    /** Argument: what, and how long it may be. */
    VALUE_TOO_LONG("22001", ERROR, "%1$s", "Say it in fewer words."),
    /** Argument: the id as typed. */
    UNDEFINED_HOLD("42704", ERROR, "hold \"%1$s\" does not exist", "SHOW HOLDS lists them."),
    /** Argument: why, lower case. */
    OBJECT_NOT_IN_STATE("55000", ERROR, "%1$s", "SHOW HOLD tells what became of it."),
    /** A change may have been made that nobody has confirmed. */
    CONTROL_STORE_SILENT(
            "PW012",
            ERROR,
            "the control store is not available",
            "Look again when it is back: what was asked for may have happened, or not.");

    private static final Pattern ARGUMENT = Pattern.compile("%(\\d)\\$s");

    private final String sqlstate;
    private final Severity severity;
    private final String message;
    private final @Nullable String hint;

    ProxyError(String sqlstate, Severity severity, String message, @Nullable String hint) {
        this.sqlstate = sqlstate;
        this.severity = severity;
        this.message = message;
        this.hint = hint;
    }

    /** Five characters. */
    public String sqlstate() {
        return sqlstate;
    }

    public Severity severity() {
        return severity;
    }

    /** The primary message before its arguments are filled in. */
    public String messageFormat() {
        return message;
    }

    /** The hint before its arguments are filled in; null: none. */
    public @Nullable String hintFormat() {
        return hint;
    }

    /**
     * What is sent to the client.
     *
     * @param args as the constant says
     * @throws IllegalArgumentException if their number is another
     */
    public ErrorReport report(Object... args) {
        if (args.length != arity()) {
            throw new IllegalArgumentException(name() + ": " + args.length + " arguments (expected: " + arity() + ')');
        }
        return new ErrorReport(
                severity,
                sqlstate,
                String.format(Locale.ROOT, message, args),
                null,
                hint == null ? null : String.format(Locale.ROOT, hint, args));
    }

    /** How many arguments {@link #report} takes. */
    public int arity() {
        return ARGUMENT.matcher(message + hint)
                .results()
                .mapToInt(argument -> Integer.parseInt(argument.group(1)))
                .max()
                .orElse(0);
    }
}
