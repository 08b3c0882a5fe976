package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.ANSWER;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.policy.Verdict;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What a unit passes on its way, in this order: the CI guard, what was released before it, the freeze, and the judge. At each it may be
 * answered, or have to wait; then it comes again from the start, so nothing is decided on what was true before the wait.
 */
final class Passage {
    private final Conversation conversation;
    private final SessionGuard guard;
    private final OwnShow ownShow;
    private final FreezeGate frozen;
    private final CatalogLook catalog;
    private final Judge judge;
    private final Tries tries;
    private final Inquiries inquiries;
    private final Admission admission;
    private final Pending pending;
    private final Refusals refusals;
    private final Router router;
    private final Progress progress;
    private final SessionHost host;
    private final ByteBufAllocator allocator;

    /** Why the session ends as soon as what is under way is answered; null: it goes on. */
    private @Nullable Objection banned;

    Passage(
            SessionServices services,
            Conversation conversation,
            Legs legs,
            CatalogLook catalog,
            Judge judge,
            Tries tries,
            Inquiries inquiries,
            Admission admission,
            Pending pending,
            Refusals refusals,
            Router router,
            Progress progress,
            SessionHost host,
            ByteBufAllocator allocator) {
        String database = host.identity().database();
        SessionSheet sheet = new SessionSheet(host::identity, conversation, legs, admission::lastHold);
        this.conversation = conversation;
        this.guard = new SessionGuard(services.guard(), database, host::identity);
        this.ownShow = new OwnShow(conversation.names, allocator, conversation.routes, sheet::row);
        this.frozen = new FreezeGate(
                services.freezes(),
                database,
                conversation,
                services.protect().holds().noticeInterval());
        this.catalog = catalog;
        this.judge = judge;
        this.tries = tries;
        this.inquiries = inquiries;
        this.admission = admission;
        this.pending = pending;
        this.refusals = refusals;
        this.router = router;
        this.progress = progress;
        this.host = host;
        this.allocator = allocator;
    }

    /** Brings the first pending unit one step further; false if it now waits for something, or the session is over. */
    boolean step(Unit unit) {
        if (conversation.phase.phase() == Phase.SKIPPING) {
            refusals.skip(unit);
            return true;
        }
        if (banned == null) {
            banned = guard.objection();
        }
        if (banned != null) {
            if (progress.whenSettled()) {
                host.turnAway(banned.report());
            }
            return false;
        }
        if (!isClearOfReleased()) {
            return false;
        }
        if (admission.isCancelled()) {
            return progress.whenSettled() && refusals.cancel(unit);
        }
        if (ownShow.isAsked(unit) && conversation.mayAnswer()) {
            return progress.whenSettled() && show(unit);
        }
        String admittedBy = admission.admittedBy();
        if (admittedBy == null) {
            catalog.resolve(unit);
        }
        Freeze freeze = frozen.stops(unit);
        if (freeze != null) {
            return progress.whenSettled() && (admittedBy != null || inquiries.isCertain(unit)) && stop(unit, freeze);
        }
        if (admittedBy != null) {
            return router.route(unit, admittedBy);
        }
        return switch (judge.judge(unit, tries.primaryOnly())) {
            case Judgement.Pass(var rule) ->
                catalog.isWorthwhile(unit) ? progress.whenSettled() && inquiries.look(unit) : router.route(unit, rule);
            case Judgement.Refused(var rule, var error) ->
                progress.whenSettled() && inquiries.isCertain(unit) && refusals.refuse(unit, rule, error);
            case Judgement.Uncounted(var ruling) ->
                progress.whenSettled()
                        && inquiries.isCertain(unit)
                        && inquiries.hasTypes(unit)
                        && inquiries.count(unit, ruling);
            case Judgement.Held(var verdict) ->
                progress.whenSettled() && inquiries.isCertain(unit) && inquiries.isChecked(unit) && hold(unit, verdict);
        };
    }

    /**
     * Whether a cancel of the released unit that was sent last cannot hit this one. Data of a COPY waits for nothing, and what comes in
     * its place ends the connection.
     */
    private boolean isClearOfReleased() {
        if (conversation.ledger.copyIn()) {
            return true;
        }
        if (admission.isRunning()) {
            if (!progress.whenSettled()) {
                return false;
            }
            admission.answered();
        }
        if (admission.isBeingCancelled()) {
            progress.suspend();
            return false;
        }
        return true;
    }

    private boolean show(Unit unit) {
        host.answer(ownShow.answer(unit, conversation.status()));
        pending.drop(unit);
        conversation.phase.on(ANSWER);
        return true;
    }

    /** Refuses a write, or lets it wait and looks again soon. */
    private boolean stop(Unit unit, Freeze freeze) {
        if (!frozen.waits(freeze)) {
            return refusals.refuse(unit, FreezeGate.RULE, FreezeGate.refusal(freeze));
        }
        if (frozen.isNoticeDue(System.nanoTime())) {
            host.answer(Answers.notice(allocator, FreezeGate.notice(freeze), FreezeGate.HINT));
        }
        progress.pause(FreezeGate.LOOK_MILLIS);
        return false;
    }

    /** Has people decide, unless the server says that it is no statement. */
    private boolean hold(Unit unit, Verdict verdict) {
        ErrorFields error = inquiries.syntaxError();
        if (error == null) {
            return inquiries.hasTypes(unit) && admission.hold(unit, verdict);
        }
        if (unit.beginsTransaction() && !unit.isQuery()) {
            return refusals.refuse(unit, "syntax", error); // a Query is parsed as a whole, before any of it runs
        }
        refusals.passOn(unit, error);
        return true;
    }
}
