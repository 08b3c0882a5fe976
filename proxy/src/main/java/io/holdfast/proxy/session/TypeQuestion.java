package io.holdfast.proxy.session;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of which types are a unit's values? A client may leave that to the server, and send them in binary format all the same, where the same
 * bytes mean something else in every type. So the server that will run the unit is asked, before people are shown values.
 */
final class TypeQuestion {
    /** Of a statement that is there only to be asked about; no client can guess it. */
    static final String NAME = "holdfast_types_" + UUID.randomUUID();

    private final List<PreparedStatement> statements;

    private TypeQuestion(List<PreparedStatement> statements) {
        this.statements = statements;
    }

    /** Subject of requests of ours. A failure is the answer that nothing is known. */
    record Asked(PreparedStatement statement) {}

    /**
     * The statements of which binary values are bound whose types nobody has said; what another leg has said does not count.
     *
     * @param leg that the unit will go to; null: not known
     * @return null: there are none
     */
    static @Nullable TypeQuestion of(Unit unit, @Nullable Leg leg) {
        List<PreparedStatement> open = new ArrayList<>(0);
        for (UnitMessage message : unit.messages()) {
            if (message instanceof UnitMessage.Bind bind && bind.statement() != null) {
                PreparedStatement statement = bind.statement();
                statement.keepsTypesOf(leg);
                if (!statement.hasTypes()
                        && !open.contains(statement)
                        && HeldValues.hasBinaryOfUndeclaredType(unit, bind)) {
                    open.add(statement);
                }
            }
        }
        return open.isEmpty() ? null : new TypeQuestion(open);
    }

    List<PreparedStatement> statements() {
        return statements;
    }
}
