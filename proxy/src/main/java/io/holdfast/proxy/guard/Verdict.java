package io.holdfast.proxy.guard;

import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Marking;
import io.holdfast.proxy.targets.Server;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Whether a command may have a target. */
public sealed interface Verdict {
    /** It may. */
    record Local(String why) implements Verdict {}

    /** There is nothing to ask: it is for another product, or its variable is not set. */
    record NotAsked(String why) implements Verdict {}

    /**
     * It may not.
     *
     * @param mend what its author can do, a sentence
     */
    record Refused(String why, String mend, Presence presence) implements Verdict {
        /** Whether the same question may have another answer in a moment. */
        boolean mayPassLater() {
            return switch (presence) {
                case ABSENT, STARTING -> true;
                case SHUT, THERE -> false;
            };
        }
    }

    /** Whether there is somebody at all. */
    enum Presence {
        /** Somebody is, or may be at any time. */
        THERE,
        /** Somebody seems to be, and does not answer yet. */
        STARTING,
        /** Somebody is, and does not let in whoever has the login that the command has. */
        SHUT,
        /** Nobody listens there. */
        ABSENT
    }

    /**
     * Of one server. Pure.
     *
     * @param isLocal whether an address is this machine's or of a network that counts as such
     * @param silence what to make of a database that does not say what it is
     */
    static Verdict of(Server server, Answer answer, Predicate<InetAddress> isLocal, Silence silence) {
        return switch (answer) {
            case Answer.Elsewhere(var address) -> elsewhere(server, address);
            case Answer.Absent(var why) ->
                new Refused(
                        "nobody answers at " + server + ", so what it is is not known: " + why,
                        "If it is still starting, --wait 30 gives it half a minute; if the command can do without it,"
                                + " --optional and its name say so.",
                        Presence.ABSENT);
            case Answer.Unreachable(var why) ->
                new Refused(
                        "nobody answers at " + server + ", so what it is is not known: " + why,
                        "If it is still starting, --wait 30 gives it half a minute.",
                        Presence.STARTING);
            case Answer.Rejected(var why, var toAll) ->
                new Refused(
                        "it could not be asked what it is: " + why,
                        "Give the guard the login that the tests use; it reads what they would.",
                        toAll ? Presence.SHUT : Presence.THERE);
            case Answer.Guarded(var why) ->
                new Refused(
                        "Holdfast keeps CI away from it: " + why,
                        "Point it at a database on this machine.",
                        Presence.THERE);
            case Answer.Asked asked -> asked(server, asked, isLocal, silence);
        };
    }

    /**
     * Of what holds only if files are left out that libraries may load. Mostly they are loaded, and then it is nothing but a default that nobody
     * has made to work; so it passes where the command could reach nothing: nobody listens there, or nobody gets in. Pure.
     */
    static Verdict ofDefault(Verdict verdict, String place) {
        return switch (verdict) {
            case Local local -> local;
            case NotAsked notAsked -> notAsked;
            case Refused refused ->
                switch (refused.presence()) {
                    case ABSENT -> new NotAsked("nobody listens at " + place);
                    case SHUT -> new NotAsked("nobody gets in at " + place + " with that login");
                    case STARTING, THERE -> refused;
                };
        };
    }

    private static Verdict elsewhere(Server server, InetAddress address) {
        String literal = address.getHostAddress();
        boolean named = server instanceof Server.Tcp tcp && !tcp.isLiteral();
        return new Refused(
                server + " is " + (named ? "at " + literal + ", " : "") + "not on this machine",
                address.isSiteLocalAddress()
                        ? "Point it at a database on this machine; if that is a network of containers, --local-network "
                                + literal + " says so."
                        : "Point it at a database on this machine.",
                Presence.THERE);
    }

    private static Verdict asked(Server server, Answer.Asked asked, Predicate<InetAddress> isLocal, Silence silence) {
        return switch (asked.says()) {
            case DatabaseSays.Is(var evidence) ->
                evidence.environment() == Environment.LOCAL
                        ? new Local(evidence.words())
                        : new Refused(
                                "it is " + evidence.environment().name().toLowerCase(Locale.ROOT) + ": "
                                        + evidence.words(),
                                "Point it at a database on this machine.",
                                Presence.THERE);
            case DatabaseSays.Unknown(var why) ->
                new Refused(
                        "what it is could not be found out: " + why,
                        "Nothing that is not known to be local passes.",
                        Presence.THERE);
            case DatabaseSays.Nothing() -> silent(server, asked, isLocal, silence);
        };
    }

    /** A database that says nothing counts by its place; the far end of a tunnel is not at this end of it. */
    private static Verdict silent(Server server, Answer.Asked asked, Predicate<InetAddress> isLocal, Silence silence) {
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
                    Presence.THERE);
        }
        if (silence == Silence.REFUSE) {
            return new Refused(
                    "it does not say what it is, and with --silence refuse it must",
                    asked.exists()
                            ? "If it is for tests, let it say so, once: " + Marking.ofDatabase(asked.database(), "test")
                                    + "."
                            : "If its server is for tests, let it say so for all of its databases, once: "
                                    + Marking.ofServer("test") + ".",
                    Presence.THERE);
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
        String at = tcp.isLiteral() ? tcp.host() : tcp.host() + " is " + first.getHostAddress();
        return first.isLoopbackAddress() ? at : at + ", a container or network of this machine";
    }
}
