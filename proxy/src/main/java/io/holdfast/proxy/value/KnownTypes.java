package io.holdfast.proxy.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types by their OIDs: those that every server has, and what a catalog has said of others. Immutable. */
public final class KnownTypes {
    /** What every server has. */
    public static final KnownTypes BUILT_IN = new KnownTypes(Map.of(), Map.of());

    /** OIDs below belong to the server. */
    private static final int FIRST_USER_OID = 16_384;

    private final Map<Integer, ValueType> users;
    private final Map<Integer, List<Integer>> arguments;

    private KnownTypes(Map<Integer, ValueType> users, Map<Integer, List<Integer>> arguments) {
        this.users = Map.copyOf(users);
        this.arguments = Map.copyOf(arguments);
    }

    /**
     * A row of pg_type.
     *
     * @param oid unsigned, as all here
     * @param name as SQL has it
     * @param receive name of the function that reads its binary format, if that is the server's own; empty: somebody else's
     * @param element of an array; else 0
     * @param base of a domain, bound of a range, range of a multirange; else 0
     * @param delimiter between elements of an array of it
     */
    public record Row(int oid, String name, String receive, int element, int base, char delimiter) {}

    /**
     * With what a catalog says.
     *
     * @param rows of the types that were asked for, and of all that these are made of
     * @param arguments types of the arguments of functions, by OID
     */
    public static KnownTypes of(List<Row> rows, Map<Integer, List<Integer>> arguments) {
        Map<Integer, ValueType> users = new HashMap<>();
        rows.forEach(row -> users.put(row.oid(), type(row, rows)));
        return new KnownTypes(users, arguments);
    }

    private static ValueType type(Row row, List<Row> rows) {
        String name = row.name();
        return switch (row.receive()) {
            case "array_recv" -> new ValueType.Array(name, row.element(), delimiter(row.element(), rows));
            case "range_recv" -> new ValueType.Range(name, row.base());
            case "multirange_recv" -> new ValueType.Multirange(name, row.base());
            case "domain_recv" -> new ValueType.Domain(name, row.base());
            case "record_recv" -> new ValueType.Composite(name);
            case "enum_recv", "textrecv", "varcharrecv", "bpcharrecv" -> new ValueType.Plain(name, Texts::text);
            default -> new ValueType.Unreadable(name);
        };
    }

    private static char delimiter(int element, List<Row> rows) {
        return rows.stream()
                .filter(row -> row.oid() == element)
                .map(Row::delimiter)
                .findFirst()
                .orElseGet(() -> BuiltInTypes.delimiter(element));
    }

    @Nullable
    ValueType find(int oid) {
        ValueType builtIn = BuiltInTypes.find(oid);
        return builtIn == null ? users.get(oid) : builtIn;
    }

    /** Whether only a catalog can say what this is. */
    public static boolean isUsers(int oid) {
        return Integer.compareUnsigned(oid, FIRST_USER_OID) >= 0;
    }

    /** As SQL has it, or its OID. */
    public String name(int oid) {
        ValueType type = find(oid);
        return type == null ? "oid " + Integer.toUnsignedString(oid) : type.name();
    }

    /** Types of a function's arguments; empty: nothing is known of it. */
    public List<Integer> arguments(int function) {
        return arguments.getOrDefault(function, List.of());
    }
}
