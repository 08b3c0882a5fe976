package io.holdfast.proxy.session;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.BindMessage;
import io.holdfast.protocol.message.CloseMessage;
import io.holdfast.protocol.message.DescribeMessage;
import io.holdfast.protocol.message.ExecuteMessage;
import io.holdfast.protocol.message.FrontendTag;
import io.holdfast.protocol.message.FunctionCallMessage;
import io.holdfast.protocol.message.ParseMessage;
import io.holdfast.protocol.message.QueryMessage;
import io.holdfast.protocol.message.TargetKind;
import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.error.Severity;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a client into units: what they run, what they need, and what speaks against them. */
final class UnitReader {
    /** What has become of a message. */
    enum Reading {
        TAKEN,
        /** Not yet: what a name stands for depends on replies that are due. */
        LATER,
        /** Not in this unit: it will be refused, and what stands before it in the batch must not be. */
        ALONE
    }

    private static final int MAX_NAME_BYTES = 63;

    private final StatementNames names;
    private final ExecuteResolver executes;
    private final FactsCache cache;
    private final Supplier<Catalog> catalog;
    private final Runnable namesAwaited;

    /** @param namesAwaited called when a message cannot be read before replies that are due have come */
    UnitReader(StatementNames names, FactsCache cache, Supplier<Catalog> catalog, Runnable namesAwaited) {
        this.names = names;
        this.executes = new ExecuteResolver(names);
        this.cache = cache;
        this.catalog = catalog;
        this.namesAwaited = namesAwaited;
    }

    /**
     * Adds one message to the unit.
     *
     * @param body of the frame, whole
     * @param at offset of the frame in the unit's bytes
     * @throws ProtocolViolation if the body is malformed; the session must close
     */
    Reading read(FrontendTag tag, ByteBuf body, Unit unit, int at) {
        return switch (tag) {
            case QUERY -> query(body, unit);
            case PARSE -> parse(ParseMessage.read(body), unit);
            case BIND -> {
                int length = body.readableBytes() + 5;
                BindMessage bind = BindMessage.read(body);
                bind.check();
                yield bind(bind, unit, at, length);
            }
            case DESCRIBE -> describe(DescribeMessage.read(body), unit);
            case EXECUTE -> {
                checkName("portal", ExecuteMessage.read(body).portal(), unit);
                yield add(unit, UnitMessage.Execute.INSTANCE);
            }
            case CLOSE -> close(CloseMessage.read(body), unit);
            case FUNCTION_CALL -> functionCall(FunctionCallMessage.read(body), unit);
            case SYNC -> {
                empty(tag, body);
                yield add(unit, UnitMessage.Sync.INSTANCE);
            }
            case FLUSH -> {
                empty(tag, body);
                yield add(unit, UnitMessage.Flush.INSTANCE);
            }
            case TERMINATE -> Reading.TAKEN;
            case COPY_DATA, COPY_DONE, COPY_FAIL, PASSWORD -> throw new IllegalArgumentException("tag: " + tag);
        };
    }

    /** Adds a Bind of which only the head is there. */
    Reading readStreamedBind(ByteBuf head, int frameLength, Unit unit) {
        return bind(BindMessage.read(head), unit, -1, frameLength);
    }

    /** A text is too long to be looked at, so its unit is refused; one that ends with a Parse goes on up to Sync. */
    void tooLong(FrontendTag tag, int limit, Unit unit) {
        unit.objects(ProxyError.CANNOT_INSPECT.report("text is longer than " + limit + " bytes"));
        if (tag != FrontendTag.PARSE) {
            unit.add(new UnitMessage.Query(new byte[0]));
        }
    }

    private Reading query(ByteBuf body, Unit unit) {
        byte[] sql;
        try {
            sql = ByteBufUtil.getBytes(QueryMessage.read(body).sql());
        } catch (ProtocolViolation violation) {
            // As the server: the message is refused, the connection stays.
            unit.objects(malformed(violation));
            return add(unit, new UnitMessage.Query(new byte[0]));
        }
        SqlFacts facts = StatementReader.read(sql, 0, sql.length);
        learn(facts, sql, unit);
        if (!needNamed(facts, unit)) {
            return later();
        }
        unit.executes(executes.resolve(facts.statements()), sql);
        unit.standsFor(executes.texts(facts.statements()));
        return add(unit, new UnitMessage.Query(sql));
    }

    private Reading parse(ParseMessage parse, Unit unit) {
        if (names.changing(parse.name())) {
            return later();
        }
        byte[] sql = ByteBufUtil.getBytes(parse.sql());
        SqlFacts facts = cache.read(sql);
        if (checkName("prepared statement", parse.name(), unit)) {
            PreparedStatement present = inUnit(unit, parse.name());
            if (present == null && !parse.name().isEmpty() && !closedInUnit(unit, parse.name())) {
                // The name is taken: the leg must know that too, or it would accept what the other one refuses.
                need(names.find(parse.name()), unit);
            }
        }
        learn(facts, sql, unit);
        unit.parses(facts.statements());
        return add(
                unit, new UnitMessage.Parse(new PreparedStatement(parse.name(), sql, parse.parameterTypes(), facts)));
    }

    private Reading bind(BindMessage bind, Unit unit, int at, int length) {
        int first = unit.executed().size();
        checkName("portal", bind.portal(), unit);
        if (!checkName("prepared statement", bind.statement(), unit)) {
            return add(unit, new UnitMessage.Bind(null, bind.statement(), bind.portal(), at, length, first));
        }
        PreparedStatement statement = inUnit(unit, bind.statement());
        if (statement == null && !closedInUnit(unit, bind.statement())) {
            if (names.changing(bind.statement())) {
                return later();
            }
            statement = names.find(bind.statement());
            need(statement, unit);
        }
        List<StatementFacts> bySql = names.preparedBySql(bind.statement());
        if (statement != null) {
            unit.executes(executes.resolve(statement.facts().statements()), statement.sql());
            unit.standsFor(executes.texts(statement.facts().statements()));
        }
        if (!bySql.isEmpty()) {
            unit.standsFor(List.of(names.texts(bind.statement())));
        }
        unit.executes(bySql, Unit.NO_TEXT); // PREPARE may have taken the name over, unseen until its reply comes
        if (statement == null && bySql.isEmpty()) {
            if (!unit.isEmpty()) {
                return Reading.ALONE;
            }
            unit.objects(new ErrorReport(
                    Severity.ERROR,
                    "26000",
                    bind.statement().isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + bind.statement() + "\" does not exist",
                    null,
                    null));
        }
        return add(unit, new UnitMessage.Bind(statement, bind.statement(), bind.portal(), at, length, first));
    }

    private Reading describe(DescribeMessage describe, Unit unit) {
        if (!checkName(label(describe.kind()), describe.name(), unit) || describe.kind() == TargetKind.PORTAL) {
            return add(unit, new UnitMessage.Describe(null, boundInUnit(unit, describe)));
        }
        PreparedStatement statement = inUnit(unit, describe.name());
        if (statement == null && !closedInUnit(unit, describe.name())) {
            if (names.changing(describe.name())) {
                return later();
            }
            statement = names.find(describe.name());
            need(statement, unit);
            if (statement != null) {
                unit.parses(statement.facts().statements());
            }
        }
        return add(unit, new UnitMessage.Describe(statement, null));
    }

    private static Reading close(CloseMessage close, Unit unit) {
        checkName(label(close.kind()), close.name(), unit);
        return add(unit, new UnitMessage.Close(close.kind() == TargetKind.STATEMENT ? close.name() : null));
    }

    private Reading functionCall(FunctionCallMessage call, Unit unit) {
        StatementFacts facts = FunctionCalls.facts(call.oid(), catalog.get());
        if (facts == null) {
            String oid = Integer.toUnsignedString(call.oid());
            unit.objects(ProxyError.FEATURE_NOT_SUPPORTED.report("calling function " + oid + " by its OID"));
        } else {
            unit.executes(List.of(facts), Unit.NO_TEXT);
        }
        try {
            call.arguments();
        } catch (ProtocolViolation violation) {
            unit.objects(malformed(violation));
        }
        return add(unit, new UnitMessage.FunctionCall(call.oid()));
    }

    private void learn(SqlFacts facts, byte[] sql, Unit unit) {
        String objection = executes.learn(facts, sql);
        if (objection != null) {
            unit.objects(ProxyError.CANNOT_INSPECT.report(objection));
        }
    }

    /**
     * What SQL names must be where the SQL runs, even if only the protocol has prepared it, on the other leg: drivers parse by
     * message and deallocate by SQL.
     *
     * @return false: not yet; what a name stands for depends on replies that are due
     */
    private boolean needNamed(SqlFacts facts, Unit unit) {
        for (StatementFacts statement : facts.statements()) {
            String name = switch (statement.effect()) {
                case SessionEffect.Execute execute -> execute.name();
                case SessionEffect.Prepare prepare -> prepare.name();
                case SessionEffect.Deallocate deallocate -> deallocate.name();
                case SessionEffect.None _,
                        SessionEffect.Begin _,
                        SessionEffect.End _,
                        SessionEffect.Savepoint _,
                        SessionEffect.Setting _,
                        SessionEffect.ResetAll _,
                        SessionEffect.Pins _,
                        SessionEffect.Unpins _ -> null;
            };
            if (name != null) {
                if (names.changing(name)) {
                    return false;
                }
                need(names.find(name), unit);
            }
        }
        return true;
    }

    private static @Nullable PreparedStatement inUnit(Unit unit, String name) {
        for (UnitMessage message : unit.messages().reversed()) {
            if (message instanceof UnitMessage.Parse(var statement)
                    && statement.name().equals(name)) {
                return statement;
            }
            if (message instanceof UnitMessage.Close(var closed) && name.equals(closed)) {
                return null;
            }
        }
        return null;
    }

    /** What the portal, if it is one, was bound from last; null: not in this unit. */
    private static @Nullable PreparedStatement boundInUnit(Unit unit, DescribeMessage describe) {
        if (describe.kind() == TargetKind.PORTAL) {
            for (UnitMessage message : unit.messages().reversed()) {
                if (message instanceof UnitMessage.Bind bind && bind.portal().equals(describe.name())) {
                    return bind.statement();
                }
            }
        }
        return null;
    }

    private static boolean closedInUnit(Unit unit, String name) {
        for (UnitMessage message : unit.messages()) {
            if (message instanceof UnitMessage.Close(var closed) && name.equals(closed)) {
                return true;
            }
        }
        return false;
    }

    private static void need(@Nullable PreparedStatement statement, Unit unit) {
        if (statement != null) {
            unit.needs(statement);
        }
    }

    private static String label(TargetKind kind) {
        return switch (kind) {
            case STATEMENT -> "prepared statement";
            case PORTAL -> "portal";
        };
    }

    /** PostgreSQL cuts names at 63 bytes, so two long names can be the same one (BYPASS P-04). */
    private static boolean checkName(String kind, String name, Unit unit) {
        if (name.length() > MAX_NAME_BYTES) {
            unit.objects(ProxyError.NAME_TOO_LONG.report(kind));
            return false;
        }
        return true;
    }

    private Reading later() {
        namesAwaited.run();
        return Reading.LATER;
    }

    private static Reading add(Unit unit, UnitMessage message) {
        unit.add(message);
        return Reading.TAKEN;
    }

    private static void empty(FrontendTag tag, ByteBuf body) {
        if (body.isReadable()) {
            throw new ProtocolViolation("length of " + tag + ": " + (body.readableBytes() + 4) + " (expected: 4)");
        }
    }

    private static ErrorReport malformed(ProtocolViolation violation) {
        String message = violation.getMessage();
        return new ErrorReport(
                Severity.ERROR, "08P01", message == null ? "invalid message format" : message, null, null);
    }
}
