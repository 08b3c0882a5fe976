package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {
    @Test
    void semicolonsSeparateOnlyWherePsqlSeesThem() {
        assertThat(cut("SELECT ';' /* ; /* ; */ ; */, \";\", $$;$$, E'\\';' -- ;\n; SELECT 2"))
                .containsExactly("1: SELECT ';' /* ; /* ; */ ; */, \";\", $$;$$, E'\\';'", "2: SELECT 2");
        assertThat(cut("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1"))
                .containsExactly("1: CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)", "1: SELECT 1");
        assertThat(cut("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; END; BEGIN; END"))
                .containsExactly(
                        "1: CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; END",
                        "1: BEGIN",
                        "1: END");
    }

    @Test
    void lineIsThatOfTheFirstWord() {
        assertThat(cut("-- one\n\n/* two\n */ SELECT\n1;\r\nSELECT 2;SELECT 3\n;"))
                .containsExactly("4: SELECT\n1", "6: SELECT 2", "6: SELECT 3");
    }

    @Test
    void scriptWithoutStatementsIsEmpty() {
        assertThat(cut("")).isEmpty();
        assertThat(cut(" ;; -- nothing\n;\n\\q")).isEmpty();
    }

    @Test
    void byteOrderMarkIsPassedOverAtTheStart() {
        assertThat(cut("\ufeffSELECT 1")).containsExactly("1: SELECT 1");
    }

    @Test
    void metaCommandEndsWithItsLineOrAtTheNextOne() {
        assertThat(cut("\\connect shop\nSELECT 1;\n\\i other.sql; DROP\nSELECT 2 \\g\nSELECT 3"))
                .containsExactly("2: SELECT 1", "4: SELECT 2", "5: SELECT 3");
        assertThat(cut("\\echo 'a \\\\ b' \\\\ DROP TABLE t; \\set x \\\\ SELECT 1"))
                .containsExactly("1: DROP TABLE t", "1: SELECT 1");
        assertThat(cut("SELECT 1 \\; SELECT 2 \\gx")).containsExactly("1: SELECT 1", "1: SELECT 2");
        assertThat(cut("\\echo 'open\\\nDROP TABLE t")).containsExactly("2: DROP TABLE t");
    }

    @Test
    void metaCommandInAStatementLeavesItWhole() {
        assertThat(cut("DROP \\set x 1\n TABLE t;")).containsExactly("1: DROP         \n TABLE t");
    }

    @Test
    void dataOfCopyIsPassedOverToItsEnd() {
        assertThat(cut("COPY t FROM stdin; -- data\n1;'\n\\.x\n\\.\nSELECT 1"))
                .containsExactly("1: COPY t FROM stdin", "5: SELECT 1");
        assertThat(cut("copy t (a, b) from STDIN with (format csv);\r\n1\r\n\\.\r\nSELECT 1"))
                .containsExactly("1: copy t (a, b) from STDIN with (format csv)", "4: SELECT 1");
        assertThat(cut("COPY t FROM stdin;\n1\n2")).containsExactly("1: COPY t FROM stdin");
        assertThat(cut("\\copy t from stdin csv\n1;'\n\\.\nSELECT 1")).containsExactly("4: SELECT 1");
    }

    @Test
    void whatElseIsOnTheLineOfCopyIsNotData() {
        assertThat(cut("COPY t FROM stdin; DROP TABLE t\n1\n\\.\nSELECT 1"))
                .containsExactly("1: COPY t FROM stdin", "1: DROP TABLE t", "4: SELECT 1");
    }

    @Test
    void copyThatReadsNothingFromTheClientHasNoData() {
        assertThat(cut("COPY t FROM 'stdin';\nDROP TABLE t;\nCOPY (SELECT 1 FROM stdin) TO stdout;\nDROP TABLE u"))
                .hasSize(4);
    }

    @Test
    void restBehindAnOpenQuoteIsOneText() {
        assertThat(cut("SELECT 1;\nDROP TABLE t, 'open;\nSELECT 2;"))
                .containsExactly("1: SELECT 1", "2: DROP TABLE t, 'open;\nSELECT 2;");
    }

    @Test
    void strayByteSpoilsNoOtherStatement() {
        List<ScriptReader.Piece> pieces = ScriptReader.read(bytes("{{ x }} SELECT 1 }; SELECT 2"));

        assertThat(pieces)
                .extracting(
                        piece -> Sql.read(text(piece)).statements().getFirst().unparsed())
                .containsExactly(true, false);
        assertThat(text(pieces.getFirst())).isEqualTo("{{ x }} SELECT 1 }");
    }

    private static List<String> cut(String script) {
        return ScriptReader.read(bytes(script)).stream()
                .map(piece -> piece.line() + ": " + text(piece))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ScriptReader.Piece piece) {
        return new String(piece.sql(), StandardCharsets.UTF_8);
    }
}
