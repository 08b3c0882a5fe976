package io.holdfast.proxy.guard;

import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.LocalPlaces;
import io.holdfast.proxy.targets.Server;
import io.holdfast.proxy.targets.Target;
import io.holdfast.proxy.upstream.EnvironmentQuery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks servers where and what they are. Blocks; any thread. */
final class Asking {
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String GUARDED = "PW008";
    private static final String STARTING = "57P03";
    private static final String WRONG_PASSWORD = "28P01";
    private static final String WRONG_USER = "28000";

    /** The driver's, when the server wants a password and there is none. */
    private static final String NO_PASSWORD = "08004";

    /** The driver's, when a login takes too long. */
    private static final String TIMED_OUT = "08001";

    /** That every server has, and that most logins may use. */
    private static final List<String> OTHERS = List.of("postgres", "template1");

    /** What the machine that runs a container is called in it. */
    private static final Set<String> CONTAINER_HOSTS =
            Set.of("host.docker.internal", "gateway.docker.internal", "host.containers.internal");

    private static final String OWN_ADDRESS = "SELECT pg_catalog.inet_server_addr()";

    private final LocalPlaces places;
    private final Logins logins;
    private final @Nullable String query;

    /**
     * How to ask.
     *
     * @param query SQL whose first column is a word such as {@code production}; null: none
     */
    Asking(LocalPlaces places, Duration limit, @Nullable String query) {
        this.places = places;
        this.logins = new Logins(limit);
        this.query = query;
    }

    /**
     * Asks one server.
     *
     * @param logins to the same database; the next is tried where one does not get in
     */
    Answer ask(List<Target> logins, Server server) {
        List<InetAddress> addresses;
        try {
            addresses = switch (server) {
                case Server.Unix unix -> List.of();
                case Server.Tcp tcp -> List.of(InetAddress.getAllByName(tcp.host()));
            };
        } catch (UnknownHostException e) {
            return new Answer.Absent("its name cannot be resolved");
        }
        InetAddress elsewhere = isContainersHost(server, addresses) ? null : elsewhere(addresses);
        return elsewhere == null ? ask(logins, server, addresses) : new Answer.Elsewhere(elsewhere);
    }

    /** The first answer of one who is let in; else what the first one was told, if it is told to all of them. */
    private Answer ask(List<Target> logins, Server server, List<InetAddress> addresses) {
        List<Answer.Rejected> rejected = new ArrayList<>();
        for (Target login : logins) {
            Answer answer = ask(login, login.database(), server, addresses);
            if (!(answer instanceof Answer.Rejected one)) {
                return answer;
            }
            rejected.add(one);
        }
        return new Answer.Rejected(rejected.getFirst().why(), rejected.stream().allMatch(Answer.Rejected::toAll));
    }

    /** One suffices, as the next connection may go there. */
    private @Nullable InetAddress elsewhere(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !places.isLocal(address))
                .findFirst()
                .orElse(null);
    }

    private static boolean isContainersHost(Server server, List<InetAddress> addresses) {
        return server instanceof Server.Tcp tcp
                && CONTAINER_HOSTS.contains(tcp.host().toLowerCase(Locale.ROOT))
                && addresses.stream().allMatch(InetAddress::isSiteLocalAddress);
    }

    /** @param database that is meant; the target's own, unless there is no such database */
    private Answer ask(Target target, String database, Server server, List<InetAddress> addresses) {
        try (Connection connection = logins.open(target, server)) {
            DatabaseSays says = EnvironmentQuery.read(connection, target.database(), target.user(), query);
            return new Answer.Asked(
                    says,
                    addresses,
                    ownAddress(connection),
                    database,
                    target.database().equals(database));
        } catch (SQLException e) {
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                int next = OTHERS.indexOf(target.database()) + 1;
                return next < OTHERS.size()
                        ? ask(target.in(OTHERS.get(next)), database, server, addresses)
                        : new Answer.Rejected(line(e), false);
            }
            return answer(e, isWrongLogin(e, target, server));
        }
    }

    private static @Nullable InetAddress ownAddress(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OWN_ADDRESS)) {
            row.next();
            String address = row.getString(1);
            return address == null ? null : InetAddress.ofLiteral(address.replaceFirst("/.*", ""));
        }
    }

    /**
     * Whether nobody gets in with what the command has. Over TCP a user may be refused for want of a certificate, which the command may have;
     * a Unix socket goes by the user of the operating system, who is the same.
     */
    private static boolean isWrongLogin(SQLException failure, Target target, Server server) {
        String state = String.valueOf(failure.getSQLState());
        return target.loginKnown()
                && (state.equals(WRONG_PASSWORD)
                        || (state.equals(NO_PASSWORD) && target.password() == null)
                        || (state.equals(WRONG_USER) && server instanceof Server.Unix));
    }

    private static Answer answer(SQLException failure, boolean wrongLogin) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.equals(GUARDED)) {
            return new Answer.Guarded(line(failure));
        }
        if (isAbsent(failure)) {
            return new Answer.Absent(line(failure));
        }
        return state.equals(STARTING) || state.equals(TIMED_OUT) || isLost(failure)
                ? new Answer.Unreachable(line(failure))
                : new Answer.Rejected(line(failure), wrongLogin);
    }

    /** Nobody listens. Who does not answer in time may be there all the same. */
    private static boolean isAbsent(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if ((cause instanceof ConnectException && message.contains("refused"))
                    || (cause instanceof SocketException && message.contains("No such file"))) {
                return true;
            }
        }
        return false;
    }

    /** Nobody is there, or went away; a certificate that is not trusted is somebody. */
    private static boolean isLost(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return !(cause instanceof SSLException);
            }
        }
        return false;
    }

    /** The first line of a message, without a full stop; a password is in none. */
    private static String line(SQLException failure) {
        String message = failure.getMessage();
        String line = message == null
                ? failure.toString()
                : message.lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
