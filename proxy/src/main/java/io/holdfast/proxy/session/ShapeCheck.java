package io.holdfast.proxy.session;

import io.holdfast.protocol.message.ErrorFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether statements that were described to the client on one leg return the same rows on the other, where they are prepared anew.
 * If a table was altered in between, a client that has kept the description would read one column as another: PostgreSQL refuses
 * that, so the proxy must.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-prepare.html">PREPARE</a>
 */
final class ShapeCheck {
    private final List<PreparedStatement> statements;
    private final Map<PreparedStatement, RowShape> found = new HashMap<>();

    /** Subject of a Describe. */
    record Asked(ShapeCheck check, PreparedStatement statement) {
        void told(RowShape shape) {
            check.found.put(statement, shape);
        }
    }

    /** Of these, each of which the client knows the shape of. */
    ShapeCheck(List<PreparedStatement> statements) {
        this.statements = List.copyOf(statements);
    }

    /** The statements of the unit that the client was described elsewhere and that the leg lacks; null: there are none. */
    static @Nullable ShapeCheck of(Unit unit, Leg leg) {
        List<PreparedStatement> lacking = List.of();
        for (PreparedStatement statement : unit.needs()) {
            if (statement.shape() != null && leg.prepared(statement.name()) != statement) {
                lacking = lacking.isEmpty() ? new ArrayList<>() : lacking;
                lacking.add(statement);
            }
        }
        return lacking.isEmpty() ? null : new ShapeCheck(lacking);
    }

    List<PreparedStatement> statements() {
        return statements;
    }

    /** The first statement that returns other rows here; null: all return the same, or fail for a reason that the server will give. */
    @Nullable
    PreparedStatement changed() {
        for (PreparedStatement statement : statements) {
            RowShape here = found.get(statement);
            RowShape told = statement.shape();
            if (here != null && told != null && !here.isLike(told)) {
                return statement;
            }
        }
        return null;
    }

    /** As PostgreSQL puts it; drivers that prepare again by themselves look for the routine. */
    static ErrorFields error() {
        return ErrorFields.of("ERROR", "0A000", "cached plan must not change result type")
                .with('R', ReplyRelay.CHANGED_RESULT);
    }
}
