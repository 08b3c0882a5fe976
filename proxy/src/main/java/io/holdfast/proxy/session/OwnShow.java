package io.holdfast.proxy.session;

import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code SHOW holdfast.route} and {@code SHOW holdfast.session} in the server's place: one row, a text column for each fact. The
 * server is told nothing, so a transaction that is open there goes on as if nobody had asked.
 *
 * <p>Only a unit that asks for nothing else is answered. Any other goes to the server, which knows no such parameter (42704).
 */
final class OwnShow {
    private static final List<String> ROUTE = List.of("server", "role", "commands", "duration", "why");
    private static final List<String> SESSION = List.of(
            "session",
            "user",
            "database",
            "primary",
            "follower",
            "transaction",
            "pinned",
            "settings",
            "prepared",
            "hold");
    private static final int LONGEST_TEXT = 64;

    /** What can be asked for. */
    private record Topic(List<String> columns, Supplier<List<@Nullable String>> row) {}

    private final StatementNames names;
    private final ByteBufAllocator allocator;
    private final Topic route;
    private final Topic session;

    /**
     * Of one session.
     *
     * @param session one value for each of the columns that {@link SessionSheet} fills
     */
    OwnShow(
            StatementNames names,
            ByteBufAllocator allocator,
            RouteLog routes,
            Supplier<List<@Nullable String>> session) {
        this.names = names;
        this.allocator = allocator;
        this.route = new Topic(ROUTE, routes::row);
        this.session = new Topic(SESSION, session);
    }

    /** Whether the unit asks for this and nothing else. */
    boolean isAsked(Unit unit) {
        Topic asked = null;
        for (UnitMessage message : unit.messages()) {
            boolean ours = switch (message) {
                case UnitMessage.Query(var sql) -> (asked = topic(unit.executed(), sql)) != null;
                case UnitMessage.Parse(var statement) -> (asked = topic(statement)) != null && isFree(statement.name());
                case UnitMessage.Bind bind -> (asked = topic(bind.statement())) != null;
                case UnitMessage.Describe describe ->
                    describe.statement() == null ? asked != null : (asked = topic(describe.statement())) != null;
                case UnitMessage.Execute _ -> asked != null;
                case UnitMessage.Close(var name) -> name == null ? asked != null : topic(names.find(name)) != null;
                case UnitMessage.FunctionCall _ -> false;
                case UnitMessage.Sync _, UnitMessage.Flush _ -> true;
            };
            if (!ours) {
                return false;
            }
        }
        return asked != null && unit.objection() == null;
    }

    /** Every reply to a unit that {@link #isAsked}. */
    ByteBuf answer(Unit unit, TransactionStatus status) {
        ByteBuf out = allocator.buffer();
        Topic asked = route;
        for (UnitMessage message : unit.messages()) {
            switch (message) {
                case UnitMessage.Query(var sql) -> {
                    asked = known(topic(unit.executed(), sql));
                    BackendWriter.rowDescription(out, asked.columns);
                    row(out, asked);
                    BackendWriter.readyForQuery(out, status);
                }
                case UnitMessage.Parse(var statement) -> {
                    names.parsed(statement);
                    BackendWriter.parseComplete(out);
                }
                case UnitMessage.Bind bind -> {
                    asked = known(topic(bind.statement()));
                    BackendWriter.bindComplete(out);
                }
                case UnitMessage.Describe describe -> {
                    if (describe.statement() != null) {
                        asked = known(topic(describe.statement()));
                        BackendWriter.parameterDescription(out, new int[0]);
                    }
                    BackendWriter.rowDescription(out, asked.columns);
                }
                case UnitMessage.Execute _ -> row(out, asked);
                case UnitMessage.Close(var name) -> {
                    if (name != null) {
                        names.closed(name);
                    }
                    BackendWriter.closeComplete(out);
                }
                case UnitMessage.Sync _ -> BackendWriter.readyForQuery(out, status);
                case UnitMessage.Flush _, UnitMessage.FunctionCall _ -> {}
            }
        }
        return out;
    }

    private static void row(ByteBuf out, Topic topic) {
        BackendWriter.dataRow(out, topic.row.get());
        BackendWriter.commandComplete(out, "SHOW");
    }

    private boolean isFree(String name) {
        return name.isEmpty() || names.find(name) == null;
    }

    private static Topic known(@Nullable Topic topic) {
        if (topic == null) {
            throw new IllegalStateException("unit: asks for something else");
        }
        return topic;
    }

    private @Nullable Topic topic(@Nullable PreparedStatement statement) {
        if (statement == null) {
            return null;
        }
        SqlFacts facts = statement.facts();
        return topic(facts.statements(), statement.sql());
    }

    private @Nullable Topic topic(List<StatementFacts> statements, byte[] sql) {
        if (statements.size() != 1 || !statements.getFirst().command().equals("SHOW")) {
            return null;
        }
        StatementFacts show = statements.getFirst();
        int length = show.end() - show.start();
        if (length > LONGEST_TEXT) {
            return null;
        }
        String text = new String(sql, show.start(), length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (text.replaceAll("\\s+", " ").strip()) {
            case "show holdfast.route" -> route;
            case "show holdfast.session" -> session;
            default -> null;
        };
    }
}
