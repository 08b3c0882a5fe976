package io.holdfast.proxy.ci;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.Objection.Cause;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides who may be where. Pure: the same question always has the same answer, and doubt is answered with no. */
public final class CiGuard {
    private static final String MODE = "mode: local-only";
    private static final String OWN_MACHINE = "Point the job at a database on its own machine.";

    private final boolean localOnly;
    private final boolean trustsSilence;
    private final Environment configured;
    private final LocalPlaces places;

    /** @param configured what the configuration calls the servers */
    public CiGuard(CiConfig config, Environment configured) {
        this.localOnly = config.isLocalOnly();
        this.trustsSilence = config.silence() == Silence.TRUST;
        this.configured = configured;
        this.places = new LocalPlaces(config.localNetworks());
    }

    /** Whether only local databases are served, whoever asks. */
    public boolean isLocalOnly() {
        return localOnly;
    }

    /** Whether it matters to this client what the database says: if not, nobody is turned away because it cannot be asked. */
    public boolean concerns(@Nullable Recognition ci) {
        return localOnly || ci != null;
    }

    /** What a database is, for rules: the stricter of what the configuration and the database itself say. */
    public Environment environment(DatabaseSays says) {
        return Standing.of(configured, says);
    }

    /**
     * Why a client must not be in a database; null: it may be.
     *
     * @param ci why it is CI; null: it is not
     */
    public @Nullable Objection objection(String database, @Nullable Recognition ci, DatabaseSays says) {
        if (localOnly) {
            Obstacle obstacle = obstacle(database, says);
            return obstacle == null ? null : localOnly(database, obstacle);
        }
        if (ci == null) {
            return null;
        }
        Obstacle obstacle = configured == Environment.LOCAL
                ? obstacle(database, says)
                : new Obstacle(
                        cause(configured),
                        word(configured),
                        "The configuration calls its server " + word(configured) + '.',
                        "");
        return obstacle == null ? null : ci(database, ci, obstacle);
    }

    /**
     * Why a server must not be connected to; null: it may be.
     *
     * @param addresses all that its name stands for
     */
    public @Nullable Objection objection(HostPort server, List<InetAddress> addresses) {
        String why = localOnly ? places.objection(server, addresses) : null;
        return why == null ? null : new Objection(Cause.ADDRESS, MODE, refusal("server " + why));
    }

    /**
     * What stands between CI and a database.
     *
     * @param word completes "the database is"
     * @param detail a sentence
     * @param mend how to get rid of it, a sentence; empty: it should stay
     */
    private record Obstacle(Cause cause, String word, String detail, String mend) {}

    private @Nullable Obstacle obstacle(String database, DatabaseSays says) {
        return switch (says) {
            case DatabaseSays.Is(var evidence) ->
                switch (evidence.environment()) {
                    case LOCAL -> null;
                    case STAGING, PRODUCTION ->
                        new Obstacle(
                                cause(evidence.environment()),
                                word(evidence.environment()),
                                sentence(evidence.words()),
                                "");
                };
            case DatabaseSays.Nothing() ->
                trustsSilence
                        ? null
                        : new Obstacle(
                                Cause.SILENT,
                                "not known to be local",
                                "It does not say what it is.",
                                Marking.ofDatabase(database, "local") + " makes it say so.");
            case DatabaseSays.Unknown(var why) ->
                new Obstacle(
                        Cause.UNKNOWN, "not known to be local", "What it is could not be found out: " + why + '.', "");
        };
    }

    private static Objection ci(String database, Recognition ci, Obstacle obstacle) {
        ErrorReport report = ProxyError.CI_GUARD
                .report("CI reaches", isWord(database, obstacle))
                .withDetail("Taken for CI by " + rule(ci) + ": " + ci.seen() + ". " + obstacle.detail())
                .withHint(OWN_MACHINE + ' ' + (obstacle.mend().isEmpty() ? wayOut(ci) : obstacle.mend()));
        return new Objection(obstacle.cause(), "ci: " + ci.rule(), report);
    }

    private static Objection localOnly(String database, Obstacle obstacle) {
        ErrorReport report = refusal(isWord(database, obstacle)).withDetail(obstacle.detail());
        return new Objection(
                obstacle.cause(), MODE, obstacle.mend().isEmpty() ? report : report.withHint(obstacle.mend()));
    }

    private static ErrorReport refusal(String what) {
        return ProxyError.CI_GUARD
                .report("this proxy serves", what)
                .withHint("Point it at a database on this machine.");
    }

    private static String isWord(String database, Obstacle obstacle) {
        return "database \"" + database + "\" is " + obstacle.word();
    }

    private static String rule(Recognition ci) {
        return switch (ci.basis()) {
            case DECLARED, WELL_KNOWN -> "its " + ci.rule();
            case CONFIGURED -> "rule \"" + ci.rule() + '"';
        };
    }

    private static String wayOut(Recognition ci) {
        return switch (ci.basis()) {
            case DECLARED -> "If it is no CI job, leave out " + Caller.ORIGIN + '=' + Caller.CI + '.';
            case CONFIGURED -> "If it is no CI job, ask the operators of the proxy about that rule.";
            case WELL_KNOWN -> "If it is no test and no CI job, give it another application_name.";
        };
    }

    private static Cause cause(Environment environment) {
        return switch (environment) {
            case PRODUCTION -> Cause.PRODUCTION;
            case STAGING -> Cause.STAGING;
            case LOCAL -> throw new IllegalArgumentException("environment: local (expected: another)");
        };
    }

    private static String word(Environment environment) {
        return environment.name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(String words) {
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1) + '.';
    }
}
