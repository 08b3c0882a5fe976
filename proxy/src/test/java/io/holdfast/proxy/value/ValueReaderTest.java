package io.holdfast.proxy.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReaderTest {
    private static final int MOOD = 20_000;
    private static final int PAIR = 20_001;
    private static final int SMALL = 20_002;
    private static final int VECTOR = 20_003;
    private static final int MOODS = 20_004;

    private static final KnownTypes TYPES = KnownTypes.of(
            List.of(
                    new KnownTypes.Row(MOOD, "mood", "enum_recv", 0, 0, ','),
                    new KnownTypes.Row(PAIR, "pair", "record_recv", 0, 0, ','),
                    new KnownTypes.Row(SMALL, "small", "domain_recv", 0, 23, ','),
                    new KnownTypes.Row(VECTOR, "vector", "", 0, 0, ','),
                    new KnownTypes.Row(MOODS, "mood[]", "array_recv", MOOD, 0, ',')),
            Map.of());

    private static final ValueReader READER = new ValueReader(TYPES, StandardCharsets.UTF_8);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String text(int type, String hex) {
        return READER.read(type, bytes(hex)).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16|01|true",
                "23|fffffffe|-2",
                "20|0000000000000007|7",
                "701|3ff8000000000000|1.5",
                "2950|000102030405060708090a0b0c0d0e0f|00010203-0405-0607-0809-0a0b0c0d0e0f",
                "25|c3a4|\u00e4",
                "17|00ff|\\x00ff",
                "1007|00000001 00000001 00000017 00000003 00000001 00000004 00000001 ffffffff 00000004 fffffffe|{1,NULL,-2}",
                "1007|00000000 00000000 00000017|{}",
                "1700|0002 0000 0000 0002 0003 1388|3.50",
                "1700|0001 0001 4000 0000 0012|-180000",
                "1700|0000 0000 0000 0001|0.0",
                "1700|0001 ffff 0000 0004 0001|0.0001",
                "1700|0001 0000 0000 0000 0003|3",
                "1700|0002 0000 0000 0001 0003 1388|3.5", // what is behind the scale is cut off
                "1700|0002 0000 4000 0000 0000 1388|0",
                "1007|00000002 00000000 00000017 00000001 00000001 00000001 00000001 00000004 00000001|{{1}}",
                "1007|00000001 00000000 00000017 00000001 00000002 00000004 00000001|[2:2]={1}",
                "20000|6f6b|ok",
                "20002|00000007|7",
                "20004|00000001 00000000 00004e20 00000001 00000001 00000002 6f6b|{ok}",
                "20001|00000003 00000017 00000004 00000007 00000019 00000003 61206c 00004e20 ffffffff|(7,\"a l\",)"
            })
    void aValueReadsAsTheServerWouldPrintIt(int type, String hex, String expected) {
        assertThat(text(type, hex)).isEqualTo(expected);
    }

    /** What is not wholly understood is never shown as something that it may not be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "23|0001|it ends too early",
                "23|0000000100|1 bytes are left over",
                "25|ff|it is no text in UTF-8",
                "25|6100|it has a zero byte in it",
                "3802|0261|its version is 2, which nobody knows",
                "1007|00000001 00000000 00000014 00000001 00000001 00000004 00000001|it is no array of what it should be",
                "1007|00000007 00000000 00000017|it is no array of what it should be",
                "1007|00000001 00000000 00000017 00000002 00000001 00000004 00000001|it ends too early",
                "1007|00000001 00000000 00000017 00000001 00000001 00000004 00000001 00|1 bytes are left over",
                "1007|00000001 00000000 00000017 7fffffff 00000001|its elements are not all there",
                "1007|00000003 00000000 00000017 7fffffff 00000001 7fffffff 00000001 7fffffff 00000001|its elements are not all there",
                "1007|00000001|it ends too early",
                "1700|0001 7fff 0000 0000 0001|it has more digits than anybody reads",
                "1700|0002 0000 0000 0000 0001|it is no number",
                "1700|0001 0000 0000 0000 2710|it is no number",
                "1700|0000 0000 1234 0000|it is no number",
                "1114|8000000000000001|it is out of range",
                "1083|ffffffffffffffff|it is out of range",
                "869|0220000501020304|it is no address",
                "1560|0000000901|it is no bit string",
                "142|3c3f786d6c20766572736f6e3d2231222076657273696f6e3d22312e302220656e636f64696e673d226c6174696e31223f3ec3a4|it declares another encoding than UTF-8",
                "20003|00|the binary format of vector cannot be read",
                "99999|00|type with oid 99999 is not known",
                "3614|00|type with oid 3614 is not known"
            })
    void whatIsNotWhatItsTypeSaysIsNotRead(int type, String hex, String why) {
        assertThatThrownBy(() -> text(type, hex))
                .isInstanceOfSatisfying(
                        Undecodable.class, e -> assertThat(e.why()).isEqualTo(why));
    }

    @Test
    void textIsInTheClientsEncoding() {
        ValueReader latin = new ValueReader(TYPES, Encodings.charset("LATIN1"));

        assertThat(latin.read(25, bytes("e4")).text()).isEqualTo("\u00e4");
        assertThat(latin.readText(bytes("e4")).text()).isEqualTo("\u00e4");
        assertThatThrownBy(() -> READER.readText(bytes("e4"))).isInstanceOf(Undecodable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF8,UTF-8",
        "utf-8,UTF-8",
        "SQL_ASCII,UTF-8",
        "LATIN9,ISO-8859-15",
        "WIN1252,windows-1252",
        "EUC_JP,EUC-JP",
        "MULE_INTERNAL,US-ASCII",
        "WIN9,US-ASCII"
    })
    void anEncodingThatIsNotKnownHasOnlyAscii(String client, String charset) {
        assertThat(Encodings.charset(client).name()).isEqualTo(charset);
    }

    @Test
    void longBytesAreToldByTheirBeginningAndTheirLength() {
        ValueReader.Read read = READER.read(17, new byte[5_000]);

        assertThat(read.text()).isEqualTo("\\x" + "00".repeat(1_024) + "... (1024 of 5000 bytes)");
        assertThat(read.literal()).isFalse();
    }

    @Test
    void rowsWithinRowsEndSomewhere() {
        byte[] row = bytes("00000000");
        for (int i = 0; i < 100; i++) {
            row = ByteBuffer.allocate(12 + row.length)
                    .putInt(1)
                    .putInt(PAIR)
                    .putInt(row.length)
                    .put(row)
                    .array();
        }
        byte[] deep = row;
        assertThatThrownBy(() -> READER.read(PAIR, deep))
                .isInstanceOfSatisfying(
                        Undecodable.class, e -> assertThat(e.why()).isEqualTo("it is nested too deep"));
    }

    /** Whatever the bytes are, there is a text or a reason. */
    @Test
    void noBytesHarmTheReader() {
        Random random = new Random(11);
        int read = 0;
        for (int type = 0; type < 6_200; type++) {
            for (int i = 0; i < 20; i++) {
                byte[] value = new byte[random.nextInt(40)];
                random.nextBytes(value);
                if (random.nextBoolean() && value.length >= 8) {
                    ByteBuffer.wrap(value).putInt(random.nextInt(4)).putInt(random.nextInt(2));
                }
                try {
                    READER.read(type, value);
                    read++;
                } catch (Undecodable _) {
                    // as it should
                }
            }
        }
        assertThat(read).isPositive();
    }
}
