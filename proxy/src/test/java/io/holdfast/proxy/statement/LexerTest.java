package io.holdfast.proxy.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
    @Test
    void commentsNestAndEachDelimiterTakesItsOwnBytes() {
        assertThat(tokens("a /* /* x */ y */ b")).containsExactly("a", "b");
        assertThat(tokens("SELECT 1 /* */* 1")).containsExactly("SELECT", "1", "*", "1");
        assertThat(tokens("SELECT 1 /*/ */; x")).containsExactly("SELECT", "1", ";", "x");
        assertThat(tokens("a /***/ b /**/ c")).containsExactly("a", "b", "c");
    }

    @Test
    void bothKindsOfNewlineEndALineComment() {
        assertThat(tokens("a -- x\rb -- y\nc -- z\u2028d")).containsExactly("a", "b", "c");
    }

    @Test
    void operatorsEndWhereACommentStarts() {
        assertThat(tokens("1 +/* x */1")).containsExactly("1", "+", "1");
        assertThat(tokens("1 <--1\n 2")).containsExactly("1", "<", "2");
        assertThat(tokens("1 *-- \n 1")).containsExactly("1", "*", "1");
    }

    @Test
    void operatorsEndInPlusOrMinusOnlyWithAnUncommonCharacter() {
        assertThat(tokens("2*-3")).containsExactly("2", "*", "-", "3");
        assertThat(tokens("2 @- 3")).containsExactly("2", "@-", "3");
        assertThat(tokens("a->>b #- c")).containsExactly("a", "->>", "b", "#-", "c");
        assertThat(tokens("a<>b!=c=>d<=e")).containsExactly("a", "<>", "b", "!=", "c", "=>", "d", "<=", "e");
    }

    @Test
    void backslashesEscapeOnlyInEscapeStrings() {
        assertThat(tokens("'\\' x")).containsExactly("'\\'", "x");
        assertThat(tokens("E'\\'' x")).containsExactly("E'\\''", "x");
        assertThat(tokens("e'\\047' x")).containsExactly("e'\\047'", "x");
        assertThat(tokens("N'\\' x")).containsExactly("N", "'\\'", "x");
    }

    @Test
    void aStringGoesOnBehindANewlineInTheSameMode() {
        assertThat(tokens("E'a'\n'\\'' x")).containsExactly("E'a'\n'\\''", "x");
        assertThat(tokens("'a' -- c\n 'b' x")).containsExactly("'a' -- c\n 'b'", "x");
        assertThat(tokens("'a' /* c */\n 'b'")).containsExactly("'a'", "'b'");
        assertThat(tokens("'a' 'b'")).containsExactly("'a'", "'b'");
    }

    @Test
    void bitStringsDoNotDoubleQuotes() {
        assertThat(tokens("B'1''x'")).containsExactly("B'1'", "'x'");
        assertThat(tokens("x'1F'")).containsExactly("x'1F'");
    }

    @Test
    void dollarTagsAreCaseSensitiveBytes() {
        assertThat(tokens("$é$ ' $é$ x")).containsExactly("$é$ ' $é$", "x");
        assertThat(tokens("$a$ $$ $A$ $a$ x")).containsExactly("$a$ $$ $A$ $a$", "x");
        assertThat(tokens("$$ $a$ $$ x")).containsExactly("$$ $a$ $$", "x");
    }

    @Test
    void aDollarSignGoesOnWithAName() {
        assertThat(tokens("a$$; b$c$")).containsExactly("a$$", ";", "b$c$");
    }

    @Test
    void numbersHaveTheirNewForms() {
        assertThat(tokens("1 1.5 .5 1. 1e5 1.5E-3 0x1F 0o17 0b01 1_000"))
                .containsExactly("1", "1.5", ".5", "1.", "1e5", "1.5E-3", "0x1F", "0o17", "0b01", "1_000");
        assertThat(tokens("1..10")).containsExactly("1", "..", "10");
    }

    @Test
    void unicodeNamesTakeTheirUescapeAlong() {
        assertThat(tokens("DROP TABLE U&\"!0074\" UESCAPE '!' x"))
                .containsExactly("DROP", "TABLE", "U&\"!0074\" UESCAPE '!'", "x");
        assertThat(tokens("U&'a' x")).containsExactly("U&'a'", "x");
        assertThat(tokens("u & \"a\"")).containsExactly("u", "&", "\"a\"");
    }

    @Test
    void unicodeSpacesArePartsOfNames() {
        assertThat(tokens("DROP\u00a0TABLE t")).containsExactly("DROP\u00a0TABLE", "t");
        assertThat(tokens("\ufeffDROP")).containsExactly("\ufeffDROP");
    }

    @Test
    void aVerticalTabIsSpaceAndNoted() {
        TokenBuffer buffer = new TokenBuffer();
        byte[] sql = "select\u000b1".getBytes(UTF_8);
        Lexer.lex(sql, 0, sql.length, buffer);
        assertThat(buffer.size()).isEqualTo(2);
        assertThat(buffer.hasVerticalTab()).isTrue();
    }

    @Test
    void keywordsFoldAsciiOnly() {
        assertThat(Keyword.find("sELect".getBytes(UTF_8), 0, 6)).isEqualTo(Keyword.SELECT);
        byte[] longS = "ſelect".getBytes(UTF_8);
        assertThat(Keyword.find(longS, 0, longS.length)).isEqualTo(Keyword.NO_KEYWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "E'a\\'",
                "\"a",
                "\"\"",
                "/* /* */",
                "$$ x",
                "$a$ x $A$",
                "a\0b",
                "1$$",
                "$1a",
                "1from",
                "0x",
                "a \\ b",
                "$ x",
                "{",
                "U&\"a\" UESCAPE '!!'"
            })
    void whatTheServerCannotScanIsRefused(String sql) {
        assertThatThrownBy(() -> tokens(sql)).isInstanceOf(Unreadable.class);
    }

    private static List<String> tokens(String sql) {
        byte[] bytes = sql.getBytes(UTF_8);
        TokenBuffer buffer = new TokenBuffer();
        Lexer.lex(bytes, 0, bytes.length, buffer);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < buffer.size(); i++) {
            texts.add(new String(bytes, buffer.start(i), buffer.end(i) - buffer.start(i), UTF_8));
        }
        return texts;
    }
}
