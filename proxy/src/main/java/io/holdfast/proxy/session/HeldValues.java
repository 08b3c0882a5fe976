package io.holdfast.proxy.session;

import io.holdfast.protocol.message.Arguments;
import io.holdfast.protocol.message.FunctionCallMessage;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.value.Encodings;
import io.holdfast.proxy.value.KnownTypes;
import io.holdfast.proxy.value.Undecodable;
import io.holdfast.proxy.value.ValueReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a unit that is about to be held, as people will see them. Nobody can let run what they cannot see, so a unit with a value
 * that cannot be read is refused (BYPASS A-01).
 */
final class HeldValues {
    private static final int HEADER = 5;
    private static final int BINARY = 1;
    private static final String HINT =
            "Nothing of it was executed. Send the value in text format (pgjdbc: binaryTransfer=false; pgx:"
                    + " default_query_exec_mode=simple_protocol; asyncpg: set_type_codec with format='text'), or write it into the statement.";

    private HeldValues() {}

    /** What has come of reading them. */
    sealed interface Reading {
        /** All of them, in order. */
        record Whole(List<BoundValue> values) implements Reading {}

        /** One cannot be read. */
        record Refused(ErrorReport error) implements Reading {}
    }

    /** What the catalog must say before they can be read; OIDs, unsigned. */
    record Needs(Set<Integer> types, Set<Integer> functions) {
        boolean isEmpty() {
            return types.isEmpty() && functions.isEmpty();
        }
    }

    /**
     * One value.
     *
     * @param type OID; {@link PreparedStatement#UNDECLARED}: not known
     * @param function that it is an argument of, whose types only the catalog knows; 0: none
     * @param value null for SQL NULL
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Given(
            int statement, int parameter, int type, int function, boolean binary, byte @Nullable [] value) {
        boolean needsType() {
            return binary && value != null;
        }
    }

    static Needs needs(Unit unit) {
        Set<Integer> types = new HashSet<>();
        Set<Integer> functions = new HashSet<>();
        for (Given given : given(unit)) {
            if (given.needsType() && given.function != 0) {
                functions.add(given.function);
            } else if (given.needsType() && KnownTypes.isUsers(given.type)) {
                types.add(given.type);
            }
        }
        return new Needs(types, functions);
    }

    /**
     * Reads them.
     *
     * @param types as far as they are known
     * @param unknown why they are not, lower case; null: they could be looked up
     * @param encoding client_encoding of the session
     */
    static Reading read(Unit unit, KnownTypes types, @Nullable String unknown, String encoding) {
        ValueReader reader = new ValueReader(types, charset(unit, encoding));
        List<BoundValue> values = new ArrayList<>();
        for (Given given : given(unit)) {
            int type = type(given, types);
            try {
                values.add(value(given, type, reader));
            } catch (Undecodable e) {
                String why = unknown == null ? e.why() : e.why() + "; the catalog could not be asked: " + unknown;
                return new Reading.Refused(refusal(unit, given, types.name(type), type, why));
            }
        }
        return new Reading.Whole(values);
    }

    /** Why it would be refused if it were held, by what is known without asking; null: perhaps for nothing. */
    static @Nullable String objection(Unit unit) {
        if (unit.isStreamed()) {
            return "its values are too large to be shown";
        }
        ValueReader reader = new ValueReader(KnownTypes.BUILT_IN, StandardCharsets.UTF_8);
        for (Given given : given(unit)) {
            boolean known = given.type != PreparedStatement.UNDECLARED && !KnownTypes.isUsers(given.type);
            if (given.needsType() && known) {
                try {
                    value(given, given.type, reader);
                } catch (Undecodable e) {
                    return label(unit, given) + " cannot be shown: " + e.why();
                }
            }
        }
        return null;
    }

    static boolean hasBinaryOfUndeclaredType(Unit unit, UnitMessage.Bind bind) {
        return given(unit, bind).stream()
                .anyMatch(given -> given.needsType() && given.type == PreparedStatement.UNDECLARED);
    }

    private static BoundValue value(Given given, int type, ValueReader reader) {
        if (given.value == null) {
            return new BoundValue(given.statement, given.parameter, null, type, true);
        }
        if (given.binary && type == PreparedStatement.UNDECLARED) {
            throw new Undecodable("its type is neither declared nor known");
        }
        ValueReader.Read read = given.binary ? reader.read(type, given.value) : reader.readText(given.value);
        return new BoundValue(given.statement, given.parameter, read.text(), type, read.literal());
    }

    private static int type(Given given, KnownTypes types) {
        if (given.function == 0) {
            return given.type;
        }
        List<Integer> arguments = types.arguments(given.function);
        return given.parameter <= arguments.size() ? arguments.get(given.parameter - 1) : PreparedStatement.UNDECLARED;
    }

    /** Where the unit itself changes the encoding, only what is the same in all can be read. */
    private static Charset charset(Unit unit, String encoding) {
        for (StatementFacts statement : unit.executed()) {
            boolean changes = switch (statement.effect()) {
                case SessionEffect.Setting set -> set.name().equals("client_encoding");
                case SessionEffect.ResetAll _ -> true;
                case SessionEffect.None _,
                        SessionEffect.Begin _,
                        SessionEffect.End _,
                        SessionEffect.Savepoint _,
                        SessionEffect.Prepare _,
                        SessionEffect.Execute _,
                        SessionEffect.Deallocate _,
                        SessionEffect.Pins _,
                        SessionEffect.Unpins _ -> false;
            };
            if (changes) {
                return StandardCharsets.US_ASCII;
            }
        }
        return Encodings.charset(encoding);
    }

    private static ErrorReport refusal(Unit unit, Given given, String name, int type, String why) {
        String detail = !given.binary
                ? "It is sent as text: " + why + '.'
                : type == PreparedStatement.UNDECLARED
                        ? "It is in binary format, and " + why + '.'
                        : "It is in binary format, of type " + name + ": " + why + '.';
        return ProxyError.CANNOT_INSPECT
                .report("the value of " + label(unit, given) + " cannot be shown")
                .withDetail(detail)
                .withHint(HINT);
    }

    private static String label(Unit unit, Given given) {
        String parameter = "$" + given.parameter;
        return unit.executed().size() <= 1 ? parameter : parameter + " in statement " + given.statement;
    }

    private static List<Given> given(Unit unit) {
        List<Given> all = new ArrayList<>();
        for (UnitMessage message : unit.messages()) {
            switch (message) {
                case UnitMessage.Bind bind -> all.addAll(given(unit, bind));
                case UnitMessage.FunctionCall call -> all.addAll(given(unit, call));
                case UnitMessage.Query _,
                        UnitMessage.Parse _,
                        UnitMessage.Describe _,
                        UnitMessage.Execute _,
                        UnitMessage.Close _,
                        UnitMessage.Sync _,
                        UnitMessage.Flush _ -> {}
            }
        }
        return all;
    }

    private static List<Given> given(Unit unit, UnitMessage.Bind bind) {
        if (bind.at() < 0) {
            return List.of(); // streamed, and refused for that
        }
        PreparedStatement statement = bind.statement();
        Arguments arguments = bind.in(unit.view()).arguments();
        List<Given> all = new ArrayList<>();
        for (int i = 0; i < arguments.values().size(); i++) {
            int type = statement == null ? PreparedStatement.UNDECLARED : statement.type(i);
            all.add(new Given(bind.first() + 1, i + 1, type, 0, isBinary(arguments, i), value(arguments, i)));
        }
        return all;
    }

    /** It is all that there is in its unit. */
    private static List<Given> given(Unit unit, UnitMessage.FunctionCall call) {
        ByteBuf frame = unit.view();
        Arguments arguments = FunctionCallMessage.read(frame.slice(HEADER, frame.readableBytes() - HEADER))
                .arguments();
        List<Given> all = new ArrayList<>();
        for (int i = 0; i < arguments.values().size(); i++) {
            all.add(new Given(
                    1, i + 1, PreparedStatement.UNDECLARED, call.oid(), isBinary(arguments, i), value(arguments, i)));
        }
        return all;
    }

    private static boolean isBinary(Arguments arguments, int index) {
        return arguments.format(index) == BINARY;
    }

    private static byte @Nullable [] value(Arguments arguments, int index) {
        ByteBuf value = arguments.values().get(index);
        return value == null ? null : ByteBufUtil.getBytes(value);
    }
}
