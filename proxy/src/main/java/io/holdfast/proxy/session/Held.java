package io.holdfast.proxy.session;

import io.holdfast.config.Protect;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A unit about to be held: what is asked of people, and whether its client may wait. In a transaction that has written, waiting
 * would block others; in one that has only read, it may be short.
 *
 * @param mayWait false: the statement is refused now and can be granted
 */
record Held(HoldRequest request, HoldTerms terms, boolean mayWait) {
    private static final String SEARCH_PATH = "search_path";
    private static final String OBJECTS = "objects";
    private static final int BODY_CHARS = 4_000;

    /** Of what servers report, that which decides what a text means. PostgreSQL reports search_path since version 18. */
    private static final Set<String> MEANINGFUL =
            Set.of(SEARCH_PATH, "session_authorization", "DateStyle", "IntervalStyle", "TimeZone");

    /**
     * Of a unit that waits for this verdict.
     *
     * @param values all of its values, for people
     * @param meant what its names stand for
     * @param parameters the ParameterStatus values that the client was told last
     */
    static Held of(
            Unit unit,
            Verdict verdict,
            List<BoundValue> values,
            MeantObjects meant,
            Identity identity,
            Conversation conversation,
            Requesters requesters,
            Map<String, String> parameters,
            Protect.Holds times,
            CleanerWatch cleaners) {
        Map<String, String> settings = settings(parameters, conversation.changedSettings);
        meant.unknown().ifPresent(why -> settings.put(OBJECTS, "not looked up, so a change is not noticed: " + why));
        meant.objects().bodies().forEach((name, body) -> settings.put("body of " + name, shown(body)));
        HeldText text = HeldText.of(unit, values, settings, meant.objects(), identity.session());
        Requester requester = requesters.now();
        HoldRequest request = new HoldRequest(
                identity.user(),
                identity.person(),
                identity.database(),
                requester.application(),
                requester.address().getHostAddress(),
                identity.session(),
                text.text(),
                text.fingerprint(),
                values,
                unit.executed(),
                unit.statementClass(),
                verdict.rule(),
                settings,
                cleaners.looksLike(unit, requester.application(), System.nanoTime())
                        .orElse(null),
                identity.subject());
        boolean transaction = conversation.inTransaction();
        boolean mayWait = switch (conversation.work()) {
            case NONE, READ -> conversation.status() != TransactionStatus.FAILED;
            case WROTE -> false;
        };
        Duration clientWait = transaction && conversation.work() == Conversation.Work.READ
                ? shorter(times.inTransactionWait(), times.clientWait())
                : times.clientWait();
        HoldTerms terms = switch (verdict) {
            case Verdict.Hold hold -> HoldGate.terms(hold, clientWait);
            case Verdict.Delay delay -> new HoldTerms.Delayed(delay.delay());
            case Verdict.Forward _, Verdict.Refuse _ -> throw new IllegalArgumentException("verdict: " + verdict);
        };
        return new Held(request, terms, mayWait);
    }

    /** What servers report counts before what the texts have said: they know more. */
    static Map<String, String> settings(Map<String, String> parameters, ChangedSettings changed) {
        var settings = new TreeMap<>(parameters);
        settings.keySet().retainAll(MEANINGFUL);
        if (changed.isInDoubt()) {
            settings.putIfAbsent(SEARCH_PATH, "not known");
        }
        changed.now().forEach(settings::putIfAbsent);
        settings.putIfAbsent(SEARCH_PATH, "as at login");
        return settings;
    }

    private static String shown(String body) {
        return body.length() <= BODY_CHARS
                ? body
                : body.substring(0, BODY_CHARS) + "... (" + BODY_CHARS + " of " + body.length() + " characters)";
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
