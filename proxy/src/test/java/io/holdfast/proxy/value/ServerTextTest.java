package io.holdfast.proxy.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The server makes the binary form of a value, and says how it prints the same value. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTextTest {
    private static final int MONEY = 790;

    private final ValueReader reader = new ValueReader(KnownTypes.BUILT_IN, StandardCharsets.UTF_8);
    private Connection connection;

    @BeforeAll
    void connect() throws SQLException {
        connection = TestServers.shared().primary().connect(TestServers.DATABASE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET IntervalStyle TO 'postgres';"
                    + " SET lc_monetary TO 'C'; SET bytea_output TO 'hex'");
        }
    }

    @AfterAll
    void disconnect() throws SQLException {
        connection.close();
    }

    private static Stream<String> plain() {
        return Stream.of(
                "true",
                "false",
                "(-32768)::int2",
                "2147483647",
                "(-9223372036854775808)::int8",
                "4294967295::oid",
                "4294967295::text::xid",
                "18446744073709551615::text::xid8",
                "'(4294967295,65535)'::tid",
                "'FFFFFFFF/1A'::pg_lsn",
                "1.5::float4",
                "'-Infinity'::float8",
                "'NaN'::float4",
                "'-0'::float8",
                "0::numeric",
                "0.000::numeric",
                "'-0.00010203'::numeric",
                "12345678901234567890.1234567890",
                "10000::numeric",
                "1e50::numeric",
                "-99999999.5",
                "1e-20::numeric(40,20)",
                "'NaN'::numeric",
                "'Infinity'::numeric",
                "'-Infinity'::numeric",
                "'a b \"c\" \u00e4'::text",
                "''::varchar",
                "'ab'::char(5)",
                "'orders'::name",
                "'x'::\"char\"",
                "''::\"char\"",
                "'{\"a\": [1, null]}'::json",
                "'{\"a\": [1, null]}'::jsonb",
                "'$.a[*]'::jsonpath",
                "'<a>\u00e4</a>'::text::xml",
                "'\\x00ff10'::bytea",
                "''::bytea",
                "'00010203-0405-0607-0809-0a0b0c0d0e0f'::uuid",
                "'2026-11-28'::date",
                "'0044-03-15 BC'::date",
                "'12026-01-01'::date",
                "'infinity'::date",
                "'-infinity'::date",
                "'24:00:00'::time",
                "'10:11:12.000013'::time",
                "'10:11:12.5+05:30'::timetz",
                "'10:11:12-08'::timetz",
                "'10:11:12+00:00:17'::timetz",
                "'2026-11-28 10:11:12.000013'::timestamp",
                "'1999-12-31 23:59:59.9'::timestamp",
                "'0001-01-01 00:00:00 BC'::timestamp",
                "'infinity'::timestamp",
                "'-infinity'::timestamptz",
                "'2026-11-28 10:11:12+02'::timestamptz",
                "'4713-11-24 00:00:00+00 BC'::timestamptz",
                "'294276-12-31 23:59:59.999999'::timestamp",
                "'1 year 2 mons 3 days 04:05:06.789'::interval",
                "'-1 year -2 mons +3 days -04:05:06'::interval",
                "'-1 mon 1 day 00:00:01'::interval",
                "'1 year -1 day'::interval",
                "'-1 days 02:03:00'::interval",
                "'-13 mons'::interval",
                "'-0.5 seconds'::interval",
                "'123456:07:08.9'::interval",
                "'0'::interval",
                "'10.1.2.3'::inet",
                "'10.1.2.3/8'::inet",
                "'10.1.0.0/16'::cidr",
                "'0.0.0.0/0'::cidr",
                "'::'::inet",
                "'::1'::inet",
                "'::2:0'::inet",
                "'::10.1.2.3'::inet",
                "'::ffff:10.1.2.3/96'::inet",
                "'2001:db8::1:0:0:1'::inet",
                "'2001:db8:0:1:1:1:1:1'::inet",
                "'2001:db8::/32'::cidr",
                "'1:0:0:2:0:0:0:3'::inet",
                "'08:00:2b:01:02:03'::macaddr",
                "'08:00:2b:01:02:03:04:05'::macaddr8",
                "B'101'",
                "B''::varbit",
                "B'1011001110001'::varbit",
                "point(1.5,-2)",
                "'[(1,2),(3,4)]'::lseg",
                "'(3,4),(1,2)'::box",
                "'[(1,2),(3,4)]'::path",
                "'((1,2),(3,4))'::path",
                "'((1,2),(3,4),(5,6))'::polygon",
                "'{1,-1,0.5}'::line",
                "'<(1,2),3>'::circle",
                "'c1'::refcursor",
                "'[1,5)'::int4range",
                "'(,5)'::int8range",
                "'empty'::numrange",
                "'[1.5,)'::numrange",
                "'(,)'::daterange",
                "'[2026-01-01 00:00,2026-01-02 00:00]'::tsrange",
                "'[2026-01-01 00:00+00,infinity]'::tstzrange",
                "'{}'::int4multirange",
                "'{[1,3),[5,7)}'::int4multirange",
                "'{(,2026-01-01 00:00),[2026-02-01 00:00,)}'::tsmultirange");
    }

    private static Stream<String> nested() {
        return Stream.of(
                "'{}'::int4[]",
                "ARRAY[1,NULL,-2]",
                "ARRAY[true,false]",
                "ARRAY[[1,2],[3,NULL]]",
                "ARRAY[[[1],[2]],[[3],[4]]]",
                "'[2:3][-1:0]={{1,2},{3,4}}'::int4[]",
                "ARRAY['a','b c','NULL','null','','q\"\\','{x}','a,b', E'tab\\there', NULL, '\u00e4']",
                "ARRAY['(3,4),(1,2)'::box, '(1,1),(0,0)'::box]",
                "ARRAY['2026-01-01 10:00'::timestamptz]",
                "ARRAY['1 day'::interval,'-1 mon'::interval]",
                "ARRAY['\\x00ff'::bytea]",
                "ARRAY['{\"a\":1}'::jsonb]",
                "ARRAY['[1,5)'::int4range,'empty'::int4range]",
                "ARRAY['{[1,3)}'::int4multirange]",
                "ARRAY['10.0.0.1'::inet]",
                "ARRAY[1.50,'NaN'::numeric]");
    }

    @Test
    void everyValueReadsAsTheServerPrintsIt() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        List<String> all = new ArrayList<>(Stream.concat(plain(), nested()).toList());
        plain().map(value -> "ARRAY[" + value + ", NULL, " + value + "]").forEach(all::add);
        for (String sql : all) {
            Sample sample = sample(sql);
            softly.assertThat(reader.read(sample.oid, sample.binary))
                    .as(sql)
                    .isEqualTo(new ValueReader.Read(sample.text, true));
        }
        softly.assertAll();
    }

    @Test
    void anIntervalWithoutEndIsOne() throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
            for (String sql : List.of("'infinity'::interval", "'-infinity'::interval")) {
                Sample sample = sample(sql);
                assertThat(reader.read(sample.oid, sample.binary).text()).isEqualTo(sample.text);
            }
        }
    }

    @Test
    void moneyIsTheNumberThatLcMonetaryMakesSomethingOf() throws SQLException {
        Sample sample = sample("'-1234.56'::money");

        assertThat(sample.text).isEqualTo("-$1,234.56");
        assertThat(reader.read(MONEY, sample.binary))
                .isEqualTo(new ValueReader.Read("-123456 of the smallest unit of lc_monetary", false));
    }

    @Test
    void floatsHaveTheDigitsThatTheServerGivesThem() throws SQLException {
        Random random = new Random(7);
        List<Double> doubles = new ArrayList<>(List.of(
                1e23, Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL, 1e15, 1e14, 1e-4, 1e-5, 0.1, 100.0));
        List<Float> floats = new ArrayList<>(
                List.of(1e6f, 1e5f, Float.MIN_VALUE, Float.MAX_VALUE, Float.MIN_NORMAL, 0.1f, 1e-4f, 1e-5f, 16777216f));
        for (int i = 0; i < 2_000; i++) {
            doubles.add(finite(Double.longBitsToDouble(random.nextLong())));
            floats.add((float) finite(Float.intBitsToFloat(random.nextInt())));
        }
        for (int exponent = -149; exponent < 128; exponent++) {
            doubles.add(Math.scalb(1.0, exponent * 8));
            floats.add(Math.scalb(1f, exponent));
        }
        assertThat(texts("float8", doubles.toArray()))
                .isEqualTo(doubles.stream().map(Floats::text).toList());
        assertThat(texts("float4", floats.toArray()))
                .isEqualTo(floats.stream().map(Floats::text).toList());
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private List<String> texts(String type, Object[] values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT array_agg(v::text ORDER BY n) FROM unnest(?::" + type + "[]) WITH ORDINALITY u (v, n)")) {
            statement.setArray(1, connection.createArrayOf(type, values));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Arrays.asList((String[]) row.getArray(1).getArray());
            }
        }
    }

    @Test
    void theTypesAreThoseOfTheServer() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT t.oid::int, format_type(t.oid, NULL), t.typelem::int, e.typdelim::text,"
                                + " t.typreceive::text = 'array_recv',"
                                + " coalesce((SELECT rngsubtype FROM pg_range WHERE rngtypid = t.oid),"
                                + " (SELECT rngtypid FROM pg_range WHERE rngmultitypid = t.oid), 0)::int"
                                + " FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem WHERE t.oid < 10000")) {
            while (rows.next()) {
                ValueType type = BuiltInTypes.find(rows.getInt(1));
                String name = rows.getString(2);
                switch (type) {
                    case null -> {}
                    case ValueType.Array array ->
                        softly.assertThat(array)
                                .isEqualTo(new ValueType.Array(
                                        name,
                                        rows.getBoolean(5) ? rows.getInt(3) : 0,
                                        String.valueOf(rows.getString(4)).charAt(0)));
                    case ValueType.Range range ->
                        softly.assertThat(range).isEqualTo(new ValueType.Range(name, rows.getInt(6)));
                    case ValueType.Multirange range ->
                        softly.assertThat(range).isEqualTo(new ValueType.Multirange(name, rows.getInt(6)));
                    case ValueType.Plain plain ->
                        softly.assertThat(plain.name()).isEqualTo(name);
                    case ValueType.Domain _, ValueType.Composite _, ValueType.Unreadable _ ->
                        softly.fail("not built in: " + type);
                }
            }
        }
        softly.assertAll();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(int oid, byte[] binary, String text) {}

    private Sample sample(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String send;
            try (ResultSet row =
                    statement.executeQuery("SELECT typsend::text FROM pg_type WHERE oid = pg_typeof(" + sql + ")")) {
                row.next();
                send = row.getString(1).equals("textsend") ? "textsend(v::text)" : row.getString(1) + "(v)";
            }
            try (ResultSet row = statement.executeQuery("SELECT pg_typeof(v)::oid::int, " + send
                    + ", CASE WHEN pg_typeof(v) = 'bool'::regtype THEN v::text ELSE format('%s', v) END"
                    + " FROM (SELECT " + sql + " AS v) s")) {
                row.next();
                return new Sample(row.getInt(1), row.getBytes(2), row.getString(3));
            }
        }
    }
}
