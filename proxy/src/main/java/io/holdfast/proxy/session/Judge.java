package io.holdfast.proxy.session;

import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.policy.Destination;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.policy.Ruling;
import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges units: what speaks against running them at all comes first, then the rules. */
final class Judge {
    /** Stands where a rule would when no rule was asked. */
    static final String INSPECTION = "inspection";

    /** A unit without a statement, such as a Close, still has a sender. */
    private static final List<StatementFacts> NOTHING = List.of(new StatementFacts(
            "EMPTY",
            StatementClass.READ,
            "does nothing",
            false,
            List.of(),
            List.of(),
            WhereClause.NOT_APPLICABLE,
            new SessionEffect.None(),
            0,
            0));

    private final Policy policy;
    private final Conversation conversation;
    private final Requesters requesters;
    private final RowLook rows;

    Judge(Policy policy, Conversation conversation, Requesters requesters, RowLook rows) {
        this.policy = policy;
        this.conversation = conversation;
        this.requesters = requesters;
        this.rows = rows;
    }

    /** @param primaryOnly a follower was asked and could not serve the unit */
    Judgement judge(Unit unit, boolean primaryOnly) {
        ErrorReport objection = objection(unit);
        if (objection != null) {
            return new Judgement.Refused(INSPECTION, objection);
        }
        if (refusedByServer(unit)) {
            return new Judgement.Pass("failed transaction");
        }
        if (onFollower() && unit.executed().stream().anyMatch(Judge::outlivesTransaction)) {
            return new Judgement.Refused(
                    "routing",
                    ProxyError.FEATURE_NOT_SUPPORTED
                            .report("changing the session in a READ ONLY transaction")
                            .withHint(
                                    "Such a transaction runs on a follower; do this before it, or in one that is not READ ONLY."));
        }
        Destination destination = destination(unit);
        if (destination != null && destination.isFollower()) {
            String why = primaryOnly
                    ? "one was asked and could not serve it"
                    : readsInPrimarysTransaction(unit)
                            ? "its transaction runs on the primary"
                            : FollowerOnly.objection(unit);
            if (why != null) {
                return new Judgement.Refused(destination.rule(), FollowerOnly.refusal(destination, why));
            }
        }
        Requester who = requesters.now();
        return switch (policy.rule(unit.executed(), who)) {
            case Verdict verdict -> judgement(unit, verdict);
            case Ruling.Depends ruling -> {
                Map<Integer, RowEstimate> known = rows.known(unit, ruling);
                yield known == null
                        ? new Judgement.Uncounted(ruling)
                        : judgement(unit, policy.decide(unit.executed(), who, number -> RowLook.of(known, number)));
            }
        };
    }

    private static Judgement judgement(Unit unit, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Forward(var rule) -> new Judgement.Pass(rule);
            case Verdict.Refuse(var rule, var message) ->
                new Judgement.Refused(
                        rule, ProxyError.REFUSED_BY_RULE.report(rule).withDetail(message));
            case Verdict.Hold _, Verdict.Delay _ ->
                unit.isStreamed()
                        ? new Judgement.Refused(
                                verdict.rule(),
                                ProxyError.CANNOT_INSPECT.report("its values are too large to be shown"))
                        : new Judgement.Held(verdict);
        };
    }

    /** Where a rule wants the unit to run; null: where routing sends it. */
    @Nullable
    Destination destination(Unit unit) {
        if (!policy.hasDestinations()) {
            return null;
        }
        List<StatementFacts> statements =
                Stream.concat(unit.executed().stream(), unit.parsed().stream()).toList();
        return policy.destination(statements.isEmpty() ? NOTHING : statements, requesters.now());
    }

    /**
     * Whether the server is sure to refuse all of it, so that nobody need be asked: the transaction has failed, and nothing that is
     * under way or in the unit can end it or take it back to a savepoint.
     */
    private boolean refusedByServer(Unit unit) {
        return conversation.status() == TransactionStatus.FAILED
                && conversation.ledger.isEmpty()
                && conversation.openRun() == null
                && unit.executed().stream().allMatch(Judge::leavesTransactionFailed);
    }

    private static boolean leavesTransactionFailed(StatementFacts statement) {
        return !statement.unparsed()
                && switch (statement.effect()) {
                    case SessionEffect.Begin _, SessionEffect.End _, SessionEffect.Savepoint _ -> false;
                    case SessionEffect.None _,
                            SessionEffect.Setting _,
                            SessionEffect.ResetAll _,
                            SessionEffect.Prepare _,
                            SessionEffect.Execute _,
                            SessionEffect.Deallocate _,
                            SessionEffect.Pins _,
                            SessionEffect.Unpins _ -> true;
                };
    }

    /** Whether a transaction is under way that stays on a follower to its end. */
    private boolean onFollower() {
        Leg active = conversation.active();
        return active != null && active.role() == LegRole.FOLLOWER && conversation.inTransaction();
    }

    private boolean readsInPrimarysTransaction(Unit unit) {
        Leg active = conversation.active();
        return active != null && active.role() == LegRole.PRIMARY && conversation.inTransaction() && unit.readsData();
    }

    /** Whether it leaves something behind that the session would look for on the primary afterwards, in vain. */
    private static boolean outlivesTransaction(StatementFacts statement) {
        return switch (statement.effect()) {
            case SessionEffect.Prepare _, SessionEffect.Execute _, SessionEffect.ResetAll _, SessionEffect.Pins _ ->
                true;
            case SessionEffect.Setting set -> !set.local() && !SettingsJournal.mirrors(set);
            case SessionEffect.None _,
                    SessionEffect.Begin _,
                    SessionEffect.End _,
                    SessionEffect.Savepoint _,
                    SessionEffect.Deallocate _,
                    SessionEffect.Unpins _ -> false;
        };
    }

    private static @Nullable ErrorReport objection(Unit unit) {
        if (unit.objection() != null) {
            return unit.objection();
        }
        String why = PinnedSettings.objection(unit.executed());
        return why == null ? null : ProxyError.CANNOT_INSPECT.report(why);
    }
}
