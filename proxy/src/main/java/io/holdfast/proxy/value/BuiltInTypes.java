package io.holdfast.proxy.value;

import io.holdfast.proxy.value.ValueType.Decoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that every server has, by OIDs that never change, with the arrays of them. Types that no driver sends in binary format are left
 * out.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-type.html">pg_type</a>
 */
final class BuiltInTypes {
    private static final int BOX = 603;
    private static final Map<Integer, ValueType> TYPES = new HashMap<>();

    static {
        plain(16, 1000, "boolean", Numbers::bool);
        plain(17, 1001, "bytea", Numbers::bytea);
        plain(18, 1002, "\"char\"", Texts::oneByte);
        plain(19, 1003, "name", Texts::text);
        plain(20, 1016, "bigint", Numbers::int8);
        plain(21, 1005, "smallint", Numbers::int2);
        plain(23, 1007, "integer", Numbers::int4);
        plain(25, 1009, "text", Texts::text);
        plain(26, 1028, "oid", Numbers::unsigned4);
        plain(27, 1010, "tid", Numbers::tid);
        plain(28, 1011, "xid", Numbers::unsigned4);
        plain(29, 1012, "cid", Numbers::unsigned4);
        plain(114, 199, "json", Texts::text);
        plain(142, 143, "xml", Texts::xml);
        plain(600, 1017, "point", Shapes::point);
        plain(601, 1018, "lseg", Shapes::lseg);
        plain(602, 1019, "path", Shapes::path);
        plain(BOX, 1020, "box", Shapes::box);
        plain(604, 1027, "polygon", Shapes::polygon);
        plain(628, 629, "line", Shapes::line);
        plain(650, 651, "cidr", Networks::cidr);
        plain(700, 1021, "real", Numbers::float4);
        plain(701, 1022, "double precision", Numbers::float8);
        plain(718, 719, "circle", Shapes::circle);
        plain(790, 791, "money", Numbers::money);
        plain(774, 775, "macaddr8", Networks::macaddr8);
        plain(829, 1040, "macaddr", Networks::macaddr);
        plain(869, 1041, "inet", Networks::inet);
        plain(1042, 1014, "character", Texts::text);
        plain(1043, 1015, "character varying", Texts::text);
        plain(1082, 1182, "date", Moments::date);
        plain(1083, 1183, "time without time zone", Moments::time);
        plain(1114, 1115, "timestamp without time zone", Moments::timestamp);
        plain(1184, 1185, "timestamp with time zone", Moments::timestamptz);
        plain(1186, 1187, "interval", Moments::interval);
        plain(1266, 1270, "time with time zone", Moments::timetz);
        plain(1560, 1561, "bit", Numbers::bits);
        plain(1562, 1563, "bit varying", Numbers::bits);
        plain(1700, 1231, "numeric", Numbers::numeric);
        plain(1790, 2201, "refcursor", Texts::text);
        plain(2950, 2951, "uuid", Networks::uuid);
        plain(3220, 3221, "pg_lsn", Numbers::lsn);
        plain(3802, 3807, "jsonb", Texts::versioned);
        plain(4072, 4073, "jsonpath", Texts::versioned);
        plain(5069, 271, "xid8", Numbers::unsigned8);

        // Names of objects go over the wire as their oids, which the server takes in text, too.
        plain(24, 1008, "regproc", Numbers::unsigned4);
        plain(2202, 2207, "regprocedure", Numbers::unsigned4);
        plain(2203, 2208, "regoper", Numbers::unsigned4);
        plain(2204, 2209, "regoperator", Numbers::unsigned4);
        plain(2205, 2210, "regclass", Numbers::unsigned4);
        plain(2206, 2211, "regtype", Numbers::unsigned4);
        plain(3734, 3735, "regconfig", Numbers::unsigned4);
        plain(3769, 3770, "regdictionary", Numbers::unsigned4);
        plain(4089, 4090, "regnamespace", Numbers::unsigned4);
        plain(4096, 4097, "regrole", Numbers::unsigned4);
        plain(4191, 4192, "regcollation", Numbers::unsigned4);

        range(3904, 3905, "int4range", 23, 4451, 6150);
        range(3906, 3907, "numrange", 1700, 4532, 6151);
        range(3908, 3909, "tsrange", 1114, 4533, 6152);
        range(3910, 3911, "tstzrange", 1184, 4534, 6153);
        range(3912, 3913, "daterange", 1082, 4535, 6155);
        range(3926, 3927, "int8range", 20, 4536, 6157);
    }

    private BuiltInTypes() {}

    private static void plain(int oid, int array, String name, Decoder decoder) {
        add(oid, array, new ValueType.Plain(name, decoder));
    }

    private static void range(int oid, int array, String name, int bound, int multirange, int multirangeArray) {
        add(oid, array, new ValueType.Range(name, bound));
        add(multirange, multirangeArray, new ValueType.Multirange(name.replace("range", "multirange"), oid));
    }

    private static void add(int oid, int array, ValueType type) {
        TYPES.put(oid, type);
        TYPES.put(array, new ValueType.Array(type.name() + "[]", oid, delimiter(oid)));
    }

    /** Boxes have commas in them. */
    static char delimiter(int element) {
        return element == BOX ? ';' : ',';
    }

    /** Null: none that is read. */
    static @Nullable ValueType find(int oid) {
        return TYPES.get(oid);
    }
}
