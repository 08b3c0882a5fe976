package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.policy.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * What must be found out before a unit is kept back: what the newest catalog says of it, how many rows it touches, whether the server takes
 * it for a statement at all, and of which types its values are.
 *
 * <p>Each question is answered by true if all is known that can be, and by false if somebody has yet to say: then the unit is looked
 * at again, from the start, when that is known.
 */
final class Inquiries {
    private final Conversation conversation;
    private final Sender sender;
    private final Legs legs;
    private final LegChooser chooser;
    private final Tries tries;
    private final LegAlignment alignment;
    private final CatalogLook catalog;
    private final RowLook rows;
    private final ParameterTypes types;
    private final Progress progress;

    /** What the server said of the first pending unit's text; null: it was not asked. */
    private @Nullable SyntaxCheck checked;

    Inquiries(
            Conversation conversation,
            Sender sender,
            Legs legs,
            LegChooser chooser,
            Tries tries,
            LegAlignment alignment,
            CatalogLook catalog,
            RowLook rows,
            Progress progress) {
        this.conversation = conversation;
        this.sender = sender;
        this.legs = legs;
        this.chooser = chooser;
        this.tries = tries;
        this.alignment = alignment;
        this.catalog = catalog;
        this.rows = rows;
        this.types = new ParameterTypes(conversation, sender);
        this.progress = progress;
    }

    /** Whether the unit is kept back for what the newest catalog says. */
    boolean isCertain(Unit unit) {
        return !catalog.isDue(unit) || look(unit);
    }

    /** Has the catalog read, and the unit judged again; always false. */
    boolean look(Unit unit) {
        progress.suspend();
        catalog.again(unit, progress::goOn);
        return false;
    }

    /** Has the rows counted that it would touch, and the unit judged again; always false. */
    boolean count(Unit unit, Ruling.Depends ruling) {
        progress.suspend();
        rows.ask(unit, ruling, progress::goOn);
        return false;
    }

    /** Whether the server has looked at a text that was not understood, before people must; see {@link #syntaxError}. */
    boolean isChecked(Unit unit) {
        if (checked != null || conversation.openRun() != null) {
            return true; // a check would end an open unit
        }
        SyntaxCheck check = unit.syntaxCheck();
        if (check == null) {
            return true;
        }
        Leg leg = legToAsk();
        if (leg == null) {
            return !opensLeg();
        }
        conversation.phase.on(WAIT);
        checked = check;
        sender.check(check, leg);
        return false;
    }

    /** What the server has against the text of the unit that {@link #isChecked}; null: nothing, as far as is known. */
    @Nullable
    ErrorFields syntaxError() {
        return checked == null ? null : checked.error();
    }

    /** Whether all is known that can be of the types of the unit's values. */
    boolean hasTypes(Unit unit) {
        Leg leg = legToAsk();
        TypeQuestion question = types.question(unit, leg);
        if (question == null) {
            return true;
        }
        if (leg == null) {
            return !opensLeg();
        }
        if (alignment.isDone(unit, leg)) {
            types.ask(question, leg);
        }
        return false;
    }

    /** Stops a count; true if one was under way, which calls nobody back any more. */
    boolean abandon() {
        return rows.abandon();
    }

    /** Another unit is next. */
    void reset() {
        checked = null;
        types.reset();
    }

    /** The one that the unit would go to; null: it is not open. */
    private @Nullable Leg legToAsk() {
        return conversation.inTransaction() ? conversation.active() : legs.get(LegRole.PRIMARY);
    }

    /** Whether a leg is on its way; false: there is nobody to ask. */
    private boolean opensLeg() {
        HostPort primary = chooser.primary();
        if (primary == null || !tries.mayOpenLeg()) {
            return false;
        }
        progress.suspend();
        legs.open(LegRole.PRIMARY, primary);
        return true;
    }
}
