package io.holdfast.proxy.guard;

import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Cidr;
import io.holdfast.proxy.ci.LocalPlaces;
import io.holdfast.proxy.guard.Verdict.Presence;
import io.holdfast.proxy.targets.Finding;
import io.holdfast.proxy.targets.Server;
import io.holdfast.proxy.targets.Target;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges findings: asks all their servers at once, and those that do not answer yet again for a while. */
public final class TargetGuard {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final LocalPlaces places;
    private final Asking asking;
    private final Terms terms;

    /**
     * What passes, and how to ask.
     *
     * @param networks that count as local, beside this machine and its containers'
     * @param limit of connecting, and of each answer; at least a second
     * @param query SQL that tells in a word what a database is; null: none
     * @param silence what to make of a database that does not say what it is
     * @param optional names of findings that pass while nobody listens there
     */
    public record Terms(
            List<Cidr> networks, Duration limit, @Nullable String query, Silence silence, Set<String> optional) {
        public Terms {
            networks = List.copyOf(networks);
            optional = Set.copyOf(optional);
        }
    }

    public TargetGuard(Terms terms, Map<String, String> environment) {
        List<Cidr> all = new ArrayList<>(terms.networks());
        all.addAll(ContainerNetworks.attached(environment));
        this.places = new LocalPlaces(all);
        this.asking = new Asking(places, terms.limit(), terms.query());
        this.terms = terms;
    }

    /**
     * Asks, decides, and asks again where nobody has answered yet.
     *
     * @param patience how long those that do not answer may still come
     */
    public List<Judged> judge(List<Finding> findings, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        List<Judged> judged = judgeNow(findings);
        while (judged.stream().anyMatch(Judged::mayPassLater)
                && judged.stream().allMatch(one -> one.passes() || one.mayPassLater())
                && System.nanoTime() < until) {
            Thread.sleep(BETWEEN);
            judged = judgeNow(findings);
        }
        return judged;
    }

    private List<Judged> judgeNow(List<Finding> findings) throws InterruptedException {
        Map<List<Target>, List<Future<Verdict>>> asked = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding instanceof Finding.Database database) {
                asked.computeIfAbsent(logins(database), this::ask);
            }
        }
        List<Judged> judged = new ArrayList<>();
        for (Finding finding : findings) {
            judged.add(new Judged(
                    finding,
                    switch (finding) {
                        case Finding.Database database ->
                            excused(
                                    database,
                                    together(logins(database), asked.getOrDefault(logins(database), List.of())));
                        case Finding.PassedOver passedOver -> new Verdict.NotAsked(passedOver.why());
                        case Finding.Unreadable unreadable ->
                            new Verdict.Refused(
                                    "it cannot be read: " + unreadable.problem(),
                                    "Nothing that is not known to be local passes.",
                                    Presence.THERE);
                    }));
        }
        return judged;
    }

    private static List<Target> logins(Finding.Database database) {
        List<Target> logins = new ArrayList<>(List.of(database.target()));
        logins.addAll(database.others());
        return logins;
    }

    /** Where nobody listens, nothing can be lost; whoever does is judged like all others. */
    private Verdict excused(Finding.Database database, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused
                && refused.presence() == Presence.ABSENT
                && terms.optional().stream().anyMatch(database::isCalled)) {
            return new Verdict.Local("nobody listens there, and it is optional");
        }
        return database.view().usual()
                ? verdict
                : Verdict.ofDefault(
                        verdict,
                        database.target().servers().stream()
                                .map(Server::toString)
                                .collect(Collectors.joining(", ")));
    }

    private List<Future<Verdict>> ask(List<Target> logins) {
        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (Server server : logins.getFirst().servers()) {
            FutureTask<Verdict> task = new FutureTask<>(() -> verdict(server, asking.ask(logins, server)));
            Thread.ofVirtual().start(task);
            verdicts.add(task);
        }
        return verdicts;
    }

    /** All of its servers must be local: which one a driver takes is up to it. */
    private Verdict together(List<Target> logins, List<Future<Verdict>> verdicts) throws InterruptedException {
        List<Server> servers = logins.getFirst().servers();
        Duration limit = terms.limit().multipliedBy(3L * logins.size());
        Verdict worst = await(servers.getFirst(), verdicts.getFirst(), limit);
        for (int i = 1; i < verdicts.size(); i++) {
            Verdict verdict = await(servers.get(i), verdicts.get(i), limit);
            worst = weight(verdict) > weight(worst) ? verdict : worst;
        }
        return worst;
    }

    private static int weight(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Local local -> 0;
            case Verdict.NotAsked notAsked -> 0;
            case Verdict.Refused refused ->
                switch (refused.presence()) {
                    case ABSENT -> 1;
                    case SHUT -> 2;
                    case STARTING -> 3;
                    case THERE -> 4;
                };
        };
    }

    private Verdict await(Server server, Future<Verdict> verdict, Duration limit) throws InterruptedException {
        try {
            return verdict.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return verdict(server, new Answer.Unreachable("no answer in time"));
        } catch (ExecutionException e) {
            return verdict(server, new Answer.Rejected(String.valueOf(e.getCause()), false));
        }
    }

    private Verdict verdict(Server server, Answer answer) {
        return Verdict.of(server, answer, this::isLocal, terms.silence());
    }

    private boolean isLocal(InetAddress address) {
        try {
            return places.isLocal(address) || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
