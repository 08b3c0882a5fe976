package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * Every meter of the proxy: its name, tags and unit are here and nowhere else. All methods may be called from any thread; those that
 * run per unit or per read ({@link UnitMeters#count}, {@link #bytesFromClient}, {@link #factsFound}, ...) look nothing up by tag and
 * allocate nothing.
 */
public final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger primaryKnown = new AtomicInteger();
    private final Counter sessionsOpened;
    private final Counter authenticationFailures;
    private final Counter auditFailures;
    private final Counter auditCopyBroken;
    private final Counter glassBroken;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter factsFound;
    private final Counter factsRead;
    private final Timer verifierLookup;
    private final Map<Route, AtomicInteger> legs = new EnumMap<>(Route.class);
    private final Map<String, FollowerMeters> followers = new ConcurrentHashMap<>();

    /** Registers what depends neither on hosts nor on other packages' enums. */
    public Meters() {
        Gauge.builder("holdfast.sessions", sessions, AtomicInteger::get)
                .description("Client sessions now")
                .register(registry);
        Gauge.builder("holdfast.primary.known", primaryKnown, AtomicInteger::get)
                .description("1 while exactly one primary is known, else 0")
                .register(registry);
        sessionsOpened = counter("holdfast.sessions.opened", "Client sessions since the start");
        authenticationFailures = counter("holdfast.authentication.failures", "Logins that were refused");
        auditFailures = counter("holdfast.audit.failures", "Records that could not be written");
        auditCopyBroken =
                counter("holdfast.audit.copy.broken", "Times that the audit's log was not what was copied of it");
        glassBroken = counter("holdfast.glass.broken", "Holds that one person has released alone");
        bytesIn = bytes("in");
        bytesOut = bytes("out");
        factsFound = facts("hit");
        factsRead = facts("miss");
        verifierLookup = Timer.builder("holdfast.verifier.lookup")
                .description("Time to look up a SCRAM verifier")
                .register(registry);
        for (Route route : List.of(Route.FOLLOWER, Route.PRIMARY)) {
            AtomicInteger open = new AtomicInteger();
            legs.put(route, open);
            Gauge.builder("holdfast.upstream.connections", open, AtomicInteger::get)
                    .description("Connections of sessions to servers now")
                    .tag("role", lowerCase(route.name()))
                    .register(registry);
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter bytes(String direction) {
        return Counter.builder("holdfast.client.bytes")
                .description("Bytes received from (in) and sent to (out) clients, inside TLS")
                .baseUnit("bytes")
                .tag("direction", direction)
                .register(registry);
    }

    private Counter facts(String result) {
        return Counter.builder("holdfast.facts.lookups")
                .description("Texts of prepared statements, by whether they had been read before (hit) or not (miss)")
                .tag("result", result)
                .register(registry);
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    public void sessionOpened() {
        sessionsOpened.increment();
        sessions.incrementAndGet();
    }

    public void sessionClosed() {
        sessions.decrementAndGet();
    }

    /**
     * The counters of units; for the wiring to ask for once.
     *
     * @param classes the statement classes
     */
    public <C extends Enum<C>> UnitMeters<C> units(Class<C> classes) {
        return new UnitMeters<>(registry, classes);
    }

    /** The text of a prepared statement was known. */
    public void factsFound() {
        factsFound.increment();
    }

    /** The text of a prepared statement was not known, and read. */
    public void factsRead() {
        factsRead.increment();
    }

    public void bytesFromClient(long count) {
        bytesIn.increment((double) count);
    }

    public void bytesToClient(long count) {
        bytesOut.increment((double) count);
    }

    /** A session has opened a leg to a server of this role; nothing for {@link Route#NONE}. */
    public void upstreamConnected(Route role) {
        addLeg(role, 1);
    }

    /** The counterpart of {@link #upstreamConnected}, with the role given there. */
    public void upstreamDisconnected(Route role) {
        addLeg(role, -1);
    }

    private void addLeg(Route role, int change) {
        AtomicInteger open = legs.get(role);
        if (open != null) {
            open.addAndGet(change);
        }
    }

    public void authenticationFailed() {
        authenticationFailures.increment();
    }

    public void auditFailed() {
        auditFailures.increment();
    }

    /** The log of the audit is not what was copied of it. */
    public void auditCopyBroken() {
        auditCopyBroken.increment();
    }

    /**
     * Shows how far the copy of the audit is, asked whenever metrics are read.
     *
     * @param pending entries that it has not; NaN: not known
     * @param seconds since when it has not had all of them; 0: it has
     */
    public void auditCopy(DoubleSupplier pending, DoubleSupplier seconds) {
        Gauge.builder("holdfast.audit.copy.pending", pending, DoubleSupplier::getAsDouble)
                .description("Entries of the audit that its copy has not; NaN: not known")
                .strongReference(true)
                .register(registry);
        Gauge.builder("holdfast.audit.copy.behind.seconds", seconds, DoubleSupplier::getAsDouble)
                .description("Time for which the copy of the audit has not had all of it; 0: it has")
                .strongReference(true)
                .register(registry);
    }

    public void verifierLookedUp(Duration took) {
        verifierLookup.record(took);
    }

    /**
     * Shows how many holds are in a state, asked whenever metrics are read.
     *
     * @param state one of a fixed few, such as {@code waiting}
     * @param now NaN: not known
     */
    public void holds(String state, DoubleSupplier now) {
        Gauge.builder("holdfast.holds", now, DoubleSupplier::getAsDouble)
                .description("Holds now")
                .tag("state", lowerCase(state))
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts a statement that is released.
     *
     * @param kind of its restore point: {@code named}, {@code position} or {@code none}
     */
    public void restorePoint(String kind) {
        registry.counter("holdfast.restore.points", "kind", kind).increment();
    }

    /**
     * Records that rows were counted before a unit was judged.
     *
     * @param known whether all of them could be
     * @param nanos how long the client had to wait
     */
    public void rowsCounted(boolean known, long nanos) {
        Timer.builder("holdfast.row.counts")
                .description("Time to count rows for rules with rows-over")
                .tag("outcome", known ? "counted" : "unknown")
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** Counts a hold that one person has released alone. */
    public void glassBroken() {
        glassBroken.increment();
    }

    /** Counts an alarm of a released statement that waits for a lock. */
    public void lockAlarm() {
        registry.counter("holdfast.lock.alarms").increment();
    }

    /** Shows how many released statements wait for a lock for so long that there is an alarm, asked whenever metrics are read. */
    public void lockWaits(IntSupplier now) {
        Gauge.builder("holdfast.lock.waits", now, IntSupplier::getAsInt)
                .description("Released statements of this proxy that wait for a lock longer than lock-alarm")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts a hold that is over.
     *
     * @param outcome one of a fixed few, such as {@code denied}
     */
    public void holdEnded(String outcome) {
        registry.counter("holdfast.holds.ended", "outcome", lowerCase(outcome)).increment();
    }

    /**
     * The counters of messages to one place outside; to be asked for once.
     *
     * @param channel one of a fixed few, such as {@code slack}
     */
    public NotifyMeters notifications(String channel) {
        return new NotifyMeters(registry, channel);
    }

    /**
     * Counts a request that says it is a click in Slack.
     *
     * @param result one of a fixed few, such as {@code forged}
     */
    public void slackClick(String result) {
        registry.counter("holdfast.slack.clicks", "result", lowerCase(result)).increment();
    }

    /**
     * Counts a client that the CI guard has turned away.
     *
     * @param cause one of a fixed few, such as {@code production}
     */
    public void ciRefused(String cause) {
        registry.counter("holdfast.ci.refusals", "cause", cause).increment();
    }

    /** Shows how many freezes are in force, asked whenever metrics are read. */
    public void frozen(IntSupplier now) {
        Gauge.builder("holdfast.frozen", now, IntSupplier::getAsInt)
                .description("Freezes in force: of all databases, and of single ones")
                .strongReference(true)
                .register(registry);
    }

    /** Whether exactly one primary is known. */
    public void primaryKnown(boolean known) {
        primaryKnown.set(known ? 1 : 0);
    }

    /**
     * The state of a follower after a poll.
     *
     * @param host as configured
     * @param lagSeconds NaN: not known
     * @param lagBytes log not yet replayed; NaN: not known
     * @param usable whether it serves reads
     */
    public void follower(String host, double lagSeconds, double lagBytes, boolean usable) {
        followers
                .computeIfAbsent(host, name -> new FollowerMeters(registry, name))
                .set(lagSeconds, lagBytes, usable);
    }

    /** The host is the primary now: what was said of it as a follower is withdrawn. */
    public void notFollower(String host) {
        FollowerMeters known = followers.get(host);
        if (known != null) {
            known.set(Double.NaN, Double.NaN, false);
        }
    }

    /** Everything, in Prometheus' text format 0.0.4. */
    public String prometheusText() {
        return registry.scrape();
    }
}
