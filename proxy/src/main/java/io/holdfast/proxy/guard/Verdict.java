package io.holdfast.proxy.guard;

import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.DatabaseSays;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Whether a command may have a target. */
public sealed interface Verdict {
    /** It may. */
    record Local(String why) implements Verdict {}

    /**
     * It may not.
     *
     * @param mend what its author can do, a sentence
     * @param mayPass the same question may have another answer in a moment
     */
    record Refused(String why, String mend, boolean mayPass) implements Verdict {}

    /**
     * Of one server. Pure.
     *
     * @param isLocal whether an address is this machine's or of a network that counts as such
     */
    static Verdict of(Server server, Answer answer, Predicate<InetAddress> isLocal) {
        return switch (answer) {
            case Answer.Elsewhere(var address) -> elsewhere(server, address);
            case Answer.Unreachable(var why) ->
                new Refused(
                        "nobody answers at " + server + ", so what it is is not known: " + why,
                        "If it is still starting, --wait 30 gives it half a minute.",
                        true);
            case Answer.Rejected(var why) ->
                new Refused(
                        "it could not be asked what it is: " + why,
                        "Give the guard the login that the tests use; it reads what they would.",
                        false);
            case Answer.Guarded(var why) ->
                new Refused("Holdfast keeps CI away from it: " + why, "Point it at a database on this machine.", false);
            case Answer.Asked asked -> asked(server, asked, isLocal);
        };
    }

    private static Verdict elsewhere(Server server, InetAddress address) {
        String literal = address.getHostAddress();
        boolean named = !(server instanceof Server.Tcp tcp && tcp.host().equals(literal));
        return new Refused(
                server + " is " + (named ? "at " + literal + ", " : "") + "not on this machine",
                address.isSiteLocalAddress()
                        ? "Point it at a database on this machine; if that is a network of containers, --local-network "
                                + literal + " says so."
                        : "Point it at a database on this machine.",
                false);
    }

    private static Verdict asked(Server server, Answer.Asked asked, Predicate<InetAddress> isLocal) {
        return switch (asked.says()) {
            case DatabaseSays.Is(var evidence) ->
                evidence.environment() == Environment.LOCAL
                        ? new Local(evidence.words())
                        : new Refused(
                                "it is " + evidence.environment().name().toLowerCase(Locale.ROOT) + ": "
                                        + evidence.words(),
                                "Point it at a database on this machine.",
                                false);
            case DatabaseSays.Unknown(var why) ->
                new Refused(
                        "what it is could not be found out: " + why,
                        "Nothing that is not known to be local passes.",
                        false);
            case DatabaseSays.Nothing() -> silent(server, asked, isLocal);
        };
    }

    /** A database that says nothing counts by its place; the far end of a tunnel is not at this end of it. */
    private static Verdict silent(Server server, Answer.Asked asked, Predicate<InetAddress> isLocal) {
        InetAddress own = asked.own();
        if (own != null
                && !own.isLoopbackAddress()
                && !isLocal.test(own)
                && !ContainerNetworks.isFromPool(own)
                && !asked.seenFrom().contains(own)) {
            String literal = own.getHostAddress();
            return new Refused(
                    "its server is at " + literal + ", behind a tunnel that begins at " + server,
                    "If that is a container of this machine, --local-network " + literal + " says so.",
                    false);
        }
        return new Local(switch (server) {
                    case Server.Unix unix -> "a Unix socket";
                    case Server.Tcp tcp -> place(tcp, asked.seenFrom());
                }
                + (asked.exists()
                        ? ""
                        : "; no such database yet, and its server does not say that it is anything else"));
    }

    private static String place(Server.Tcp tcp, List<InetAddress> addresses) {
        InetAddress first = addresses.getFirst();
        String literal = first.getHostAddress();
        String at = literal.equals(tcp.host()) ? literal : tcp.host() + " is " + literal;
        return first.isLoopbackAddress() ? at : at + ", a container or network of this machine";
    }
}
