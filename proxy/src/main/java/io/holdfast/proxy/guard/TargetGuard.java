package io.holdfast.proxy.guard;

import io.holdfast.config.Cidr;
import io.holdfast.proxy.ci.LocalPlaces;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Judges findings: asks all their servers at once, and those that do not answer yet again for a while. */
public final class TargetGuard {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final LocalPlaces places;
    private final Asking asking;
    private final Duration limit;

    /**
     * What counts as local, and how to ask.
     *
     * @param networks that count as local, beside this machine and its containers'
     * @param limit of connecting, and of each answer; at least a second
     * @param query SQL that tells in a word what a database is; null: none
     */
    public TargetGuard(List<Cidr> networks, Map<String, String> environment, Duration limit, @Nullable String query) {
        List<Cidr> all = new ArrayList<>(networks);
        all.addAll(ContainerNetworks.attached(environment));
        this.places = new LocalPlaces(all);
        this.asking = new Asking(places, limit, query);
        this.limit = limit;
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
        Map<Target, List<Future<Verdict>>> asked = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Target target = finding.target();
            if (target != null) {
                asked.computeIfAbsent(target, this::ask);
            }
        }
        List<Judged> judged = new ArrayList<>();
        for (Finding finding : findings) {
            Target target = finding.target();
            judged.add(new Judged(
                    finding,
                    target == null
                            ? new Verdict.Refused(
                                    "it cannot be read: " + finding.problem(),
                                    "Nothing that is not known to be local passes.",
                                    false)
                            : together(target, asked.getOrDefault(target, List.of()))));
        }
        return judged;
    }

    private List<Future<Verdict>> ask(Target target) {
        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (Server server : target.servers()) {
            FutureTask<Verdict> task =
                    new FutureTask<>(() -> Verdict.of(server, asking.ask(target, server), this::isLocal));
            Thread.ofVirtual().start(task);
            verdicts.add(task);
        }
        return verdicts;
    }

    /** All of its servers must be local: which one a driver takes is up to it. */
    private Verdict together(Target target, List<Future<Verdict>> verdicts) throws InterruptedException {
        Verdict worst = await(target.servers().getFirst(), verdicts.getFirst());
        for (int i = 1; i < verdicts.size(); i++) {
            Verdict verdict = await(target.servers().get(i), verdicts.get(i));
            worst = weight(verdict) > weight(worst) ? verdict : worst;
        }
        return worst;
    }

    private static int weight(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Local local -> 0;
            case Verdict.Refused refused -> refused.mayPass() ? 1 : 2;
        };
    }

    private Verdict await(Server server, Future<Verdict> verdict) throws InterruptedException {
        try {
            return verdict.get(3 * limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Verdict.of(server, new Answer.Unreachable("no answer in time"), this::isLocal);
        } catch (ExecutionException e) {
            return Verdict.of(server, new Answer.Rejected(String.valueOf(e.getCause())), this::isLocal);
        }
    }

    private boolean isLocal(InetAddress address) {
        try {
            return places.isLocal(address) || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
