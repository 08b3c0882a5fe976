package io.holdfast.proxy.session;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is judged and routed as one: a simple Query, or the messages of the extended protocol up to Sync. A unit that asks for
 * a Flush, or grows large, is judged in parts; such a part is open: more of the same implicit transaction follows.
 *
 * <p>Owns the exact bytes until they are taken.
 */
final class Unit {
    /** Stands for the text of what has none. */
    static final byte[] NO_TEXT = {};

    private final List<ByteBuf> bytes = new ArrayList<>(1);
    private final List<UnitMessage> messages = new ArrayList<>(6);
    private final List<StatementFacts> executed = new ArrayList<>(2);
    /** {@link #executed} as the texts alone have it; null: they are the same. */
    private @Nullable List<StatementFacts> asRead;

    private boolean resolved;
    private boolean callsUnknown;
    private final List<byte[]> texts = new ArrayList<>(2);
    private List<StatementFacts> parsed = List.of();
    private List<PreparedStatement> needs = List.of();
    private List<SqlTexts.Candidates> named = List.of();
    private StatementClass statementClass = StatementClass.READ;
    private boolean beginsTransaction;
    private boolean controlsTransaction;
    private boolean changesSession;
    private int length;
    private @Nullable ErrorReport objection;

    /** Adds a message. */
    void add(UnitMessage message) {
        messages.add(message);
    }

    /** Adds what the unit runs; {@code sql} is the text that the facts' offsets are of. */
    void executes(List<StatementFacts> facts, byte[] sql) {
        for (int i = 0; i < facts.size(); i++) {
            StatementFacts statement = facts.get(i);
            executed.add(statement);
            texts.add(sql);
            statementClass = statementClass.max(statement.statementClass());
            switch (statement.effect()) {
                case SessionEffect.Begin _ -> {
                    beginsTransaction = true;
                    controlsTransaction = true;
                }
                case SessionEffect.End _ -> controlsTransaction = true;
                case SessionEffect.Setting _, SessionEffect.ResetAll _, SessionEffect.Pins _ -> changesSession = true;
                case SessionEffect.None _,
                        SessionEffect.Savepoint _,
                        SessionEffect.Prepare _,
                        SessionEffect.Execute _,
                        SessionEffect.Deallocate _,
                        SessionEffect.Unpins _ -> {}
            }
        }
    }

    /**
     * Looks up what its statements name.
     *
     * @param fresh as of {@link Catalog#resolve}
     */
    void resolve(Catalog catalog, boolean fresh) {
        resolved = true;
        callsUnknown = false;
        statementClass = StatementClass.READ;
        for (int i = 0; i < executed.size(); i++) {
            StatementFacts read = asRead == null ? executed.get(i) : asRead.get(i);
            StatementFacts statement = catalog.resolve(read, texts.get(i), fresh);
            if (asRead == null && !statement.equals(read)) {
                asRead = List.copyOf(executed);
            }
            executed.set(i, statement);
            callsUnknown |= catalog.misses(statement);
            statementClass = statementClass.max(statement.statementClass());
        }
        // What is only prepared is not looked through for hidden calls: that is done before it runs.
        for (int i = 0; i < parsed.size(); i++) {
            parsed.set(i, catalog.resolve(parsed.get(i), NO_TEXT, fresh));
        }
    }

    /** Whether its names have been looked up. */
    boolean isResolved() {
        return resolved;
    }

    /** Whether it calls a function that was in no catalog yet. */
    boolean callsUnknown() {
        return callsUnknown;
    }

    /** Whether it would be judged otherwise if all that it names were known to be harmless. */
    boolean reliesOnCatalog() {
        for (StatementFacts statement : executed) {
            if (statement.reliesOnNames()) {
                return true;
            }
        }
        return false;
    }

    /**
     * A server has refused a read of it as a write. The text did not show that, and the server is right: it is judged, recorded
     * and followed as a write from now on (BYPASS T-07).
     */
    void provesToWrite() {
        executed.replaceAll(Unit::asWrite);
        statementClass = statementClass.max(StatementClass.WRITE);
    }

    private static StatementFacts asWrite(StatementFacts facts) {
        return facts.statementClass() != StatementClass.READ
                ? facts
                : facts.with(StatementClass.WRITE, "writes, as a follower found out", facts.opaque());
    }

    /** Adds what the unit only prepares: it decides where the unit goes, not whether it may. */
    void parses(List<StatementFacts> facts) {
        if (parsed.isEmpty()) {
            parsed = new ArrayList<>(facts.size());
        }
        parsed.addAll(facts);
    }

    /** Adds what names that it executes stand for, which its own text does not say. */
    void standsFor(List<SqlTexts.Candidates> texts) {
        if (texts.isEmpty()) {
            return; // as nearly always
        }
        if (named.isEmpty()) {
            named = new ArrayList<>(texts.size());
        }
        named.addAll(texts);
    }

    /** Whether everything that runs is in {@link #text()}, beyond doubt. */
    boolean saysAll() {
        for (SqlTexts.Candidates candidates : named) {
            if (!candidates.exact()) {
                return false;
            }
        }
        return true;
    }

    /** Adds a statement that must exist on the leg before the unit does. */
    void needs(PreparedStatement statement) {
        if (needs.isEmpty()) {
            needs = new ArrayList<>(1);
        }
        if (!needs.contains(statement)) {
            needs.add(statement);
        }
    }

    /** Something speaks against running it, whatever the rules say; the first objection counts. */
    void objects(ErrorReport error) {
        if (objection == null) {
            objection = error;
        }
    }

    /** What to answer instead of running it; null: nothing speaks against it. */
    @Nullable
    ErrorReport objection() {
        return objection;
    }

    /** Adds bytes; the unit releases them. */
    void append(ByteBuf slice) {
        bytes.add(slice);
        length += slice.readableBytes();
    }

    List<UnitMessage> messages() {
        return messages;
    }

    /** What it runs, in order; an Execute of an earlier unit's portal is not in it. */
    List<StatementFacts> executed() {
        return executed;
    }

    /** For each of {@link #executed()} the text that it is a part of. */
    List<byte[]> texts() {
        return texts;
    }

    /** What it runs, in order, for people; behind it, what the names stand for that SQL's PREPARE has made. */
    String text() {
        var text = new StringJoiner(";\n");
        for (UnitMessage message : messages) {
            switch (message) {
                case UnitMessage.Query(var sql) -> text.add(new String(sql, StandardCharsets.UTF_8));
                case UnitMessage.Bind bind -> {
                    PreparedStatement statement = bind.statement();
                    text.add(statement == null ? bind.name() : new String(statement.sql(), StandardCharsets.UTF_8));
                }
                case UnitMessage.FunctionCall(var oid) -> text.add("function call " + Integer.toUnsignedString(oid));
                case UnitMessage.Parse _,
                        UnitMessage.Describe _,
                        UnitMessage.Execute _,
                        UnitMessage.Close _,
                        UnitMessage.Sync _,
                        UnitMessage.Flush _ -> {}
            }
        }
        for (SqlTexts.Candidates candidates : named) {
            String head = candidates.exact()
                    ? "-- which EXECUTE runs:\n"
                    : "-- which EXECUTE may run, one of " + candidates.texts().size() + " or another:\n";
            candidates.texts().forEach(one -> text.add(head + one));
        }
        return text.toString();
    }

    List<StatementFacts> parsed() {
        return parsed;
    }

    List<PreparedStatement> needs() {
        return needs;
    }

    /** The highest class of what it runs. */
    StatementClass statementClass() {
        return statementClass;
    }

    /** In bytes, of what has been appended. */
    int length() {
        return length;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether its last message makes the server answer ReadyForQuery. */
    boolean complete() {
        return !messages.isEmpty()
                && switch (messages.getLast()) {
                    case UnitMessage.Query _, UnitMessage.Sync _, UnitMessage.FunctionCall _ -> true;
                    case UnitMessage.Parse _,
                            UnitMessage.Bind _,
                            UnitMessage.Describe _,
                            UnitMessage.Execute _,
                            UnitMessage.Close _,
                            UnitMessage.Flush _ -> false;
                };
    }

    /** Whether it is a simple Query. */
    boolean isQuery() {
        return !messages.isEmpty() && messages.getFirst() instanceof UnitMessage.Query;
    }

    /** Whether it asks for a transaction block, in which a client believes itself to be even if the unit was refused. */
    boolean beginsTransaction() {
        return beginsTransaction;
    }

    /** Whether it begins or ends a transaction block, so that what follows cannot be routed yet. */
    boolean controlsTransaction() {
        return controlsTransaction;
    }

    /** Whether what comes behind it could mean something else if it did not run: another schema's table, another role. */
    boolean changesSession() {
        return changesSession;
    }

    /** Whether it ends with the Sync of the extended protocol. */
    boolean endsWithSync() {
        return !messages.isEmpty() && messages.getLast() instanceof UnitMessage.Sync;
    }

    /** Whether it shows what is in the database; an Execute without a Bind goes on with an earlier unit's portal. */
    boolean readsData() {
        for (StatementFacts statement : executed) {
            if (statement.statementClass() != StatementClass.SESSION
                    && !statement.command().equals("SHOW")) {
                return true;
            }
        }
        return executed.isEmpty()
                && messages.stream()
                        .anyMatch(message ->
                                message instanceof UnitMessage.Execute || message instanceof UnitMessage.FunctionCall);
    }

    /** Whether there is nothing in it but Sync and Flush. */
    boolean isOnlySyncOrFlush() {
        for (UnitMessage message : messages) {
            if (!(message instanceof UnitMessage.Sync || message instanceof UnitMessage.Flush)) {
                return false;
            }
        }
        return true;
    }

    /** The first of its statements that was not understood; null: all were. */
    @Nullable
    SyntaxCheck syntaxCheck() {
        for (int i = 0; i < executed.size(); i++) {
            StatementFacts facts = executed.get(i);
            if (facts.unparsed()) {
                return new SyntaxCheck(texts.get(i), i == 0 ? 0 : facts.start(), facts.end());
            }
        }
        return null;
    }

    /** Whether the last of it is a Bind whose values are not kept. */
    boolean isStreamed() {
        return messages.stream().anyMatch(message -> message instanceof UnitMessage.Bind bind && bind.at() < 0);
    }

    /** Hands the bytes over; the receiver releases them. */
    ByteBuf take() {
        ByteBuf all = bytes.size() == 1 ? bytes.getFirst() : Unpooled.wrappedBuffer(bytes.toArray(ByteBuf[]::new));
        bytes.clear();
        return all;
    }

    /** A look at the bytes; valid until they are taken or released. */
    ByteBuf view() {
        return bytes.size() == 1
                ? bytes.getFirst().slice()
                : Unpooled.wrappedUnmodifiableBuffer(bytes.toArray(ByteBuf[]::new));
    }

    /** The bytes, which stay with the unit as well, for running it again elsewhere; the receiver releases its own share. */
    ByteBuf share() {
        if (bytes.size() == 1) {
            return bytes.getFirst().retainedSlice();
        }
        return Unpooled.wrappedBuffer(bytes.stream().map(ByteBuf::retainedSlice).toArray(ByteBuf[]::new));
    }

    void release() {
        bytes.forEach(ReferenceCountUtil::release);
        bytes.clear();
    }
}
