package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryValueTest {
    private static String text(int type, String hex) {
        ByteBuf value = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
        return BinaryValue.text(type, value);
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
                "23|0001|\\x0001",
                "1114|0002a0b0c0d0e0f0|\\x0002a0b0c0d0e0f0",
                "1007|00000001 00000001 00000017 00000003 00000001 00000004 00000001 ffffffff 00000004 fffffffe|{1,NULL,-2}",
                "1007|00000000 00000000 00000017|{}",
                "1700|0002 0000 0000 0002 0003 1388|3.50",
                "1700|0001 0001 4000 0000 0012|-180000",
                "1700|0000 0000 0000 0001|0.0",
                "1700|0001 ffff 0000 0004 0001|0.0001"
            })
    void aValueReadsAsTheServerWouldPrintIt(int type, String hex, String expected) {
        assertThat(text(type, hex)).isEqualTo(expected);
    }

    /** What is not wholly understood is shown as bytes, never as something that it may not be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1007|00000001 00000000 00000014 00000001 00000001 00000004 00000001",
                "1007|00000002 00000000 00000017 00000001 00000001 00000001 00000001 00000004 00000001",
                "1007|00000001 00000000 00000017 00000001 00000002 00000004 00000001",
                "1007|00000001 00000000 00000017 00000002 00000001 00000004 00000001",
                "1007|00000001 00000000 00000017 00000001 00000001 00000004 00000001 00",
                "1007|00000001 00000000 00000017 7fffffff 00000001",
                "1007|00000001",
                "1700|0000 0000 c000 0000",
                "1700|0001 7fff 0000 0000 0001",
                "1700|0002 0000 0000 0000 0001"
            })
    void anArrayThatIsNotWhatItSaysIsBytes(int type, String hex) {
        assertThat(text(type, hex)).isEqualTo("\\x" + hex.replace(" ", ""));
    }

    @Test
    void textInAnArrayIsQuotedWhereItMustBe() {
        ByteBuf value = Unpooled.buffer();
        String[] elements = {"a", "b c", "null", "", "q\"\\"};
        value.writeInt(1).writeInt(0).writeInt(25).writeInt(elements.length).writeInt(1);
        for (String element : elements) {
            byte[] bytes = element.getBytes(StandardCharsets.UTF_8);
            value.writeInt(bytes.length).writeBytes(bytes);
        }

        assertThat(BinaryValue.text(1009, value)).isEqualTo("{a,\"b c\",\"null\",\"\",\"q\\\"\\\\\"}");
    }
}
