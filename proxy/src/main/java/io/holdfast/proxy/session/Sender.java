package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.ReplyLedger.Request.BIND;
import static io.holdfast.proxy.session.ReplyLedger.Request.CLOSE;
import static io.holdfast.proxy.session.ReplyLedger.Request.DESCRIBE;
import static io.holdfast.proxy.session.ReplyLedger.Request.EXECUTE;
import static io.holdfast.proxy.session.ReplyLedger.Request.FUNCTION_CALL;
import static io.holdfast.proxy.session.ReplyLedger.Request.PARSE;
import static io.holdfast.proxy.session.ReplyLedger.Request.QUERY;
import static io.holdfast.proxy.session.ReplyLedger.Request.SYNC;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.message.TargetKind;
import io.holdfast.protocol.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Sends units to legs, preceded by what the leg lacks, and enters in the ledger what is due for them. */
final class Sender {
    private final Conversation conversation;
    private final ByteBufAllocator allocator;

    Sender(Conversation conversation, ByteBufAllocator allocator) {
        this.conversation = conversation;
        this.allocator = allocator;
    }

    /**
     * Sends the unit, exactly its bytes, and gives the run that it is part of.
     *
     * @param nanos now, monotonic
     */
    Run send(Unit unit, Leg leg, long nanos) {
        boolean fresh = conversation.ledger.isEmpty() && !conversation.inTransaction();
        conversation.activate(leg);
        prepare(unit, leg);
        Run run = conversation.begin(unit, leg, unit.complete(), nanos);
        boolean mayRetry = fresh && leg.role() == LegRole.FOLLOWER && unit.complete();
        ByteBuf bytes = mayRetry ? unit.share() : unit.take();
        if (mayRetry) {
            run.retryWith(unit);
        }
        if (bytes.isReadable()) {
            leg.link().write(bytes);
        } else {
            bytes.release();
        }
        for (UnitMessage message : unit.messages()) {
            expect(message, run, leg);
        }
        return run;
    }

    /** Opens a transaction block that the client has asked for together with something that is refused. */
    void begin(Leg leg) {
        ByteBuf out = allocator.buffer();
        FrontendWriter.query(out, Unpooled.copiedBuffer("BEGIN", StandardCharsets.US_ASCII));
        conversation.activate(leg);
        leg.link().write(out);
        leg.forgets("");
        conversation.names.simpleQuery();
        conversation.ledger.expect(QUERY, false, null);
    }

    /** Makes the leg's transaction fail, with our error to the client; a Sync ends it if the client's own will not come. */
    void poison(Leg leg, Poison poison, boolean withSync, long nanos) {
        ByteBuf out = allocator.buffer();
        FrontendWriter.execute(out, Poison.PORTAL, 0);
        FrontendWriter.flush(out);
        leg.link().write(out);
        conversation.ledger.expect(EXECUTE, false, poison);
        conversation.begin(new Unit(), leg, false, nanos);
        if (withSync) {
            sync(leg, nanos);
        }
    }

    /** Ends the open run with a Sync. */
    void sync(Leg leg, long nanos) {
        ByteBuf out = allocator.buffer(5);
        FrontendWriter.sync(out);
        leg.link().write(out);
        conversation.ledger.expect(SYNC, true, conversation.begin(new Unit(), leg, true, nanos));
    }

    /** Asks the server whether a text is a statement, without running it. */
    void check(SyntaxCheck check, Leg leg) {
        byte[] sql = check.statement();
        ByteBuf out = allocator.buffer(sql.length + 16);
        FrontendWriter.parse(out, "", Unpooled.wrappedBuffer(sql));
        FrontendWriter.sync(out);
        conversation.activate(leg);
        leg.link().write(out);
        leg.forgets("");
        conversation.names.simpleQuery();
        conversation.ledger.expect(PARSE, false, check);
        conversation.ledger.expect(SYNC, false, null);
    }

    /** Prepares statements on the leg, and asks what rows they return there. */
    void check(ShapeCheck check, Leg leg) {
        conversation.activate(leg);
        ByteBuf out = allocator.buffer();
        for (PreparedStatement statement : check.statements()) {
            forget(statement.name(), leg);
            FrontendWriter.parse(
                    out, statement.name(), Unpooled.wrappedBuffer(statement.sql()), statement.parameterTypes());
            FrontendWriter.describe(out, TargetKind.STATEMENT, statement.name());
            leg.prepares(statement);
            conversation.ledger.expect(PARSE, false, new Spare(statement.name()));
            conversation.ledger.expect(DESCRIBE, false, new ShapeCheck.Asked(check, statement));
        }
        FrontendWriter.sync(out);
        conversation.ledger.expect(SYNC, false, null);
        leg.link().write(out);
    }

    /** Asks of which types parameters are; each statement by itself, so that one that fails keeps no other from being answered. */
    void ask(TypeQuestion question, Leg leg) {
        conversation.activate(leg);
        ByteBuf out = allocator.buffer();
        for (PreparedStatement statement : question.statements()) {
            TypeQuestion.Asked asked = new TypeQuestion.Asked(statement);
            boolean present = leg.prepared(statement.name()) == statement;
            String name = present ? statement.name() : TypeQuestion.NAME;
            if (!present) {
                FrontendWriter.parse(out, name, Unpooled.wrappedBuffer(statement.sql()), statement.parameterTypes());
                conversation.ledger.expect(PARSE, false, asked);
            }
            FrontendWriter.describe(out, TargetKind.STATEMENT, name);
            conversation.ledger.expect(DESCRIBE, false, asked);
            if (!present) {
                FrontendWriter.close(out, TargetKind.STATEMENT, name);
                conversation.ledger.expect(CLOSE, false, null);
            }
            FrontendWriter.sync(out);
            conversation.ledger.expect(SYNC, false, null);
        }
        leg.link().write(out);
    }

    /** Sends Sync and Flush that the server reads as a part of COPY data, and ignores. */
    void passDuringCopy(Unit unit) {
        Leg leg = conversation.active();
        if (leg == null) {
            unit.release();
        } else {
            leg.link().write(unit.take());
        }
    }

    /** Asks for the replies of an open unit, which the server may be keeping back. */
    void flush(Leg leg) {
        ByteBuf out = allocator.buffer(5);
        FrontendWriter.flush(out);
        leg.link().write(out);
    }

    /** Repeats on the leg what was set on the other one. A unit that relies on it must wait for the answer. */
    void mirror(List<byte[]> missing, Leg leg) {
        var all = new ByteArrayOutputStream();
        for (byte[] sql : missing) {
            all.writeBytes(sql);
            all.write('\n'); // ends a trailing comment
            all.write(';');
        }
        ByteBuf out = allocator.buffer();
        FrontendWriter.query(out, Unpooled.wrappedBuffer(all.toByteArray()));
        conversation.activate(leg);
        leg.link().write(out);
        leg.settingsApplied(conversation.journal.sequence());
        conversation.ledger.expect(QUERY, false, null);
    }

    /** Brings the leg's named statements in line with the session's before the unit refers to them. */
    private void prepare(Unit unit, Leg leg) {
        boolean query = unit.isQuery();
        if (query && leg.status() == TransactionStatus.FAILED) {
            return; // it runs nothing that has a name
        }
        boolean syncs = query && conversation.openRun() == null;
        for (PreparedStatement statement : unit.needs()) {
            if (!Objects.equals(leg.prepared(statement.name()), statement)) {
                forget(statement.name(), leg);
                ByteBuf out = allocator.buffer(statement.sql().length + 32);
                FrontendWriter.parse(
                        out, statement.name(), Unpooled.wrappedBuffer(statement.sql()), statement.parameterTypes());
                leg.prepares(statement);
                if (syncs) {
                    FrontendWriter.sync(
                            out); // or its failure would swallow the Query, as it should only in an open unit
                    conversation.ledger.expect(PARSE, false, new Spare(statement.name()));
                    conversation.ledger.expect(SYNC, false, null);
                } else {
                    conversation.ledger.expect(PARSE, false, statement);
                }
                leg.link().write(out);
            }
        }
        for (UnitMessage message : unit.messages()) {
            if (message instanceof UnitMessage.Parse(var statement)
                    && conversation.names.find(statement.name()) == null
                    && !conversation.names.changing(statement.name())) {
                forget(statement.name(), leg); // left behind by a Close that only the other leg has seen
            }
        }
    }

    private void forget(String name, Leg leg) {
        if (!name.isEmpty() && leg.mayHave(name)) {
            ByteBuf out = allocator.buffer();
            FrontendWriter.close(out, TargetKind.STATEMENT, name);
            leg.link().write(out);
            leg.forgets(name);
            conversation.ledger.expect(CLOSE, false, name);
        }
    }

    private void expect(UnitMessage message, Run run, Leg leg) {
        ReplyLedger ledger = conversation.ledger;
        switch (message) {
            case UnitMessage.Query _ -> {
                conversation.names.simpleQuery();
                leg.forgets("");
                ledger.expect(QUERY, true, run);
            }
            case UnitMessage.Parse(var statement) -> {
                conversation.names.willChange(statement.name());
                leg.prepares(statement);
                ledger.expect(PARSE, true, statement);
            }
            case UnitMessage.Bind _ -> ledger.expect(BIND, true, null);
            case UnitMessage.Describe describe -> {
                PreparedStatement statement = describe.subject();
                ledger.expect(DESCRIBE, true, statement == null ? null : statement.description());
            }
            case UnitMessage.Execute _ -> ledger.expect(EXECUTE, true, null);
            case UnitMessage.Close(var name) -> {
                if (name != null) {
                    conversation.names.willChange(name);
                    leg.forgets(name);
                }
                ledger.expect(CLOSE, true, name);
            }
            case UnitMessage.FunctionCall _ -> ledger.expect(FUNCTION_CALL, true, run);
            case UnitMessage.Sync _ -> ledger.expect(SYNC, true, run);
            case UnitMessage.Flush _ -> {}
        }
    }
}
