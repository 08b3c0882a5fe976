package io.holdfast.protocol.message;

import static io.holdfast.protocol.message.Frames.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrontendMessagesTest {
    @Test
    void aQueryKeepsItsBytes() {
        ByteBuf body = body(FrontendTag.QUERY, out -> FrontendWriter.query(out, "select 'é'"));
        assertThat(QueryMessage.read(body).sql().toString(UTF_8)).isEqualTo("select 'é'");
    }

    @Test
    void readingLeavesTheIndexesAlone() {
        ByteBuf body = body(FrontendTag.QUERY, out -> FrontendWriter.query(out, "select 1"));
        int before = body.readerIndex();
        QueryMessage.read(body);
        assertThat(body.readerIndex()).isEqualTo(before);
    }

    @Test
    void aParseHasNameTextAndTypes() {
        ByteBuf body = body(FrontendTag.PARSE, out -> FrontendWriter.parse(out, "s1", "select $1", 23, -1));
        ParseMessage message = ParseMessage.read(body);
        assertThat(message.name()).isEqualTo("s1");
        assertThat(message.sql().toString(UTF_8)).isEqualTo("select $1");
        assertThat(message.parameterTypes()).containsExactly(23, -1);
    }

    @Test
    void aNameKeepsBytesThatAreNotUtf8() {
        String name = "s\u00ff\u0080";
        ByteBuf body = body(FrontendTag.PARSE, out -> FrontendWriter.parse(out, name, ""));
        assertThat(ParseMessage.read(body).name()).isEqualTo(name);
    }

    @Test
    void aBindHasNamesAndValues() {
        List<@Nullable String> values = Arrays.asList("1", null, "");
        ByteBuf body = body(FrontendTag.BIND, out -> FrontendWriter.bind(out, "p", "s", values));
        BindMessage message = BindMessage.read(body);
        assertThat(message.portal()).isEqualTo("p");
        assertThat(message.statement()).isEqualTo("s");

        Arguments arguments = message.arguments();
        assertThat(arguments.formats()).isEmpty();
        assertThat(arguments.format(2)).isZero();
        assertThat(arguments.resultFormats()).isEmpty();
        assertThat(texts(arguments.values())).isEqualTo(values);
        assertThat(IntStream.range(0, 3).map(arguments.values()::length)).containsExactly(1, -1, 0);
    }

    @Test
    void aBindUnderOtherNamesKeepsTheRest() {
        ByteBuf before = body(FrontendTag.BIND, out -> FrontendWriter.bind(out, "long", "name", List.of("x")));
        ByteBuf rest = BindMessage.read(before).rest();
        ByteBuf after = body(FrontendTag.BIND, out -> FrontendWriter.bind(out, "p", "s", rest));
        BindMessage message = BindMessage.read(after);
        assertThat(message.portal()).isEqualTo("p");
        assertThat(message.rest()).isEqualTo(rest);
    }

    @Test
    void aBindTakes65535Values() {
        List<@Nullable String> values = Collections.nCopies(65_535, null);
        ByteBuf body = body(FrontendTag.BIND, out -> FrontendWriter.bind(out, "", "", values));
        assertThat(BindMessage.read(body).arguments().values().size()).isEqualTo(65_535);
    }

    @Test
    void moreValuesThanACountCanSayAreRefused() {
        List<@Nullable String> values = Collections.nCopies(65_536, null);
        assertThatThrownBy(() -> FrontendWriter.bind(Unpooled.buffer(), "", "", values))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneFormatHoldsForAllValues() {
        BindMessage message = BindMessage.read(Frames.raw("\0\0\0\1\0\1\0\2\0\0\0\0\0\0\0\0\0\1\0\1"));
        message.check();
        assertThat(message.arguments().format(1)).isEqualTo(1);
        assertThat(message.arguments().resultFormats()).containsExactly(1);
    }

    @Test
    void aDescribeHasKindAndName() {
        ByteBuf body = body(FrontendTag.DESCRIBE, out -> FrontendWriter.describe(out, TargetKind.STATEMENT, "s"));
        assertThat(DescribeMessage.read(body)).isEqualTo(new DescribeMessage(TargetKind.STATEMENT, "s"));
    }

    @Test
    void aCloseHasKindAndName() {
        ByteBuf body = body(FrontendTag.CLOSE, out -> FrontendWriter.close(out, TargetKind.PORTAL, "p"));
        assertThat(CloseMessage.read(body)).isEqualTo(new CloseMessage(TargetKind.PORTAL, "p"));
    }

    @Test
    void anExecuteHasPortalAndRows() {
        ByteBuf body = body(FrontendTag.EXECUTE, out -> FrontendWriter.execute(out, "p", 10));
        assertThat(ExecuteMessage.read(body)).isEqualTo(new ExecuteMessage("p", 10));
    }

    @Test
    void aFunctionCallHasOidAndArguments() {
        List<@Nullable String> values = Arrays.asList("7", null);
        ByteBuf body = body(FrontendTag.FUNCTION_CALL, out -> FrontendWriter.functionCall(out, 1598, values));
        FunctionCallMessage message = FunctionCallMessage.read(body);
        assertThat(message.oid()).isEqualTo(1598);
        assertThat(texts(message.arguments().values())).isEqualTo(values);
        assertThat(message.arguments().resultFormats()).containsExactly(0);
    }

    @Test
    void aSaslInitialResponseHasMechanismAndData() {
        byte[] data = {1, 0, 2};
        ByteBuf body =
                body(FrontendTag.PASSWORD, out -> FrontendWriter.saslInitialResponse(out, "SCRAM-SHA-256", data));
        SaslInitialResponse message = SaslInitialResponse.read(body);
        assertThat(message.mechanism()).isEqualTo("SCRAM-SHA-256");
        assertThat(message.data()).isEqualTo(data);
    }

    @Test
    void aSaslInitialResponseMayHaveNoData() {
        ByteBuf body = body(FrontendTag.PASSWORD, out -> FrontendWriter.saslInitialResponse(out, "X", null));
        assertThat(SaslInitialResponse.read(body).data()).isNull();
    }

    @Test
    void aSaslResponseIsAllData() {
        byte[] data = {1, 0, 2};
        ByteBuf body = body(FrontendTag.PASSWORD, out -> FrontendWriter.saslResponse(out, data));
        assertThat(SaslResponse.read(body).data()).isEqualTo(data);
    }

    @Test
    void aPasswordIsReadButNotPrinted() {
        ByteBuf body = body(FrontendTag.PASSWORD, out -> FrontendWriter.password(out, "geheim"));
        PasswordMessage message = PasswordMessage.read(body);
        assertThat(message.password()).isEqualTo("geheim".getBytes(UTF_8));
        assertThat(message.toString()).doesNotContain("geheim");
    }

    @Test
    void aCopyFailHasAReason() {
        ByteBuf body = body(FrontendTag.COPY_FAIL, out -> FrontendWriter.copyFail(out, "no"));
        assertThat(CopyFailMessage.read(body)).isEqualTo(new CopyFailMessage("no"));
    }

    @Test
    void copyDataIsItsBody() {
        ByteBuf body = body(FrontendTag.COPY_DATA, out -> FrontendWriter.copyData(out, new byte[] {1, 0}));
        assertThat(body).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 0}));
    }

    @Test
    void messagesWithoutFieldsHaveNoBody() {
        assertThat(body(FrontendTag.SYNC, FrontendWriter::sync).isReadable()).isFalse();
        assertThat(body(FrontendTag.FLUSH, FrontendWriter::flush).isReadable()).isFalse();
        assertThat(body(FrontendTag.TERMINATE, FrontendWriter::terminate).isReadable())
                .isFalse();
        assertThat(body(FrontendTag.COPY_DONE, FrontendWriter::copyDone).isReadable())
                .isFalse();
    }

    @Test
    void aTextWithANulIsRefused() {
        assertThatThrownBy(() -> FrontendWriter.query(Unpooled.buffer(), "select 1\0; drop table t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrontendWriter.parse(Unpooled.buffer(), "", Frames.raw("a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrontendWriter.execute(Unpooled.buffer(), "a\0b", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatIsNotOneBytePerCharacterIsRefused() {
        assertThatThrownBy(() -> FrontendWriter.execute(Unpooled.buffer(), "€", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<@Nullable String> texts(ValueList values) {
        return IntStream.range(0, values.size())
                .<@Nullable String>mapToObj(i -> {
                    ByteBuf value = values.get(i);
                    return value == null ? null : value.toString(UTF_8);
                })
                .toList();
    }
}
