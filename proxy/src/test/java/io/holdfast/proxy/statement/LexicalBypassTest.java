package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that hide a statement from a reader who cuts tokens elsewhere than the server. */
class LexicalBypassTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; -- x\rDROP TABLE t",
                "SELECT 1 /* */* 1; DROP TABLE t; /* */",
                "SELECT 1 /*/ */; DROP TABLE t",
                "SELECT 1 /* ' */; DROP TABLE t; /* ' */",
                "SELECT 1 -- it's\n; DROP TABLE t; -- it's",
                "SELECT 1 /* $$ */; DROP TABLE t; /* $$ */",
                "SELECT '/*'; DROP TABLE t; --*/",
                "SELECT 1 AS \"/*\"; DROP TABLE t; --*/",
                "SELECT '--'; DROP TABLE t",
                "SELECT 1 +/* x */1; DROP TABLE t",
                "SELECT 1 <--1\n 2; DROP TABLE t",
                "SELECT 1 # 2; DROP TABLE t",
                "SELECT '\\'; DROP TABLE t; --'",
                "SELECT N'\\'; DROP TABLE t; --'",
                "SELECT E'\\''; DROP TABLE t; --'",
                "SELECT E'\\047'; DROP TABLE t",
                "SELECT E'a'\n'\\'' ; DROP TABLE t; --'",
                "SELECT E'a' -- c\n'\\'' ; DROP TABLE t; --'",
                "SELECT $é$ ' $é$; DROP TABLE t; --'",
                "SELECT $a$ $$ $a$; DROP TABLE t; -- $$",
                "SELECT 1 AS a$$; DROP TABLE t; -- $$",
                "SELECT 1 AS a$b$; DROP TABLE t; -- $b$",
                ";;; DROP TABLE t",
                "/*x*/--y\n/**/DROP/**/TABLE/**/t",
                "DROP TABLE\"t\""
            })
    void theHiddenDropIsFound(String sql) {
        assertThat(Sql.read(sql).statements()).as(sql).anySatisfy(facts -> {
            assertThat(facts.command()).isEqualTo("DROP TABLE");
            assertThat(facts.relations()).containsExactly(new RelationName(null, "t"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '; DROP TABLE t'",
                "SELECT $x$ ; DROP TABLE t $x$",
                "SELECT 1 /* /* */ ; DROP TABLE t */",
                "SELECT 1 -- ; DROP TABLE t",
                "SELECT 1 AS \"; DROP TABLE t\"",
                "SELECT E'\\'; DROP TABLE t'"
            })
    void dataIsNoStatement(String sql) {
        assertThat(Sql.one(sql).statementClass()).isEqualTo(StatementClass.READ);
    }

    @Test
    void unicodeEscapesInNamesAreDecoded() {
        assertThat(Sql.one("DROP TABLE U&\"\\0074\"").relations()).containsExactly(new RelationName(null, "t"));
        assertThat(Sql.one("DROP TABLE U&\"!0074\" /* \" */ UESCAPE '!'").relations())
                .containsExactly(new RelationName(null, "t"));
        assertThat(Sql.one("DROP TABLE U&\"\\+01F600\\D83D\\DE00\"").relations())
                .containsExactly(new RelationName(null, "\ud83d\ude00\ud83d\ude00"));
        assertThat(Sql.one("DEALLOCATE U&\"\\0073\"").effect()).isEqualTo(new SessionEffect.Deallocate("s"));
        assertThat(Sql.classOf("SELECT U&\"pg_\\0074erminate_backend\"(1)")).isEqualTo(StatementClass.ADMIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"pg_promote\"()",
                "SELECT pg_catalog . pg_promote ( )",
                "SELECT pg_catalog/**/./**/pg_promote()",
                "SELECT PG_PROMOTE()",
                "SELECT Pg_Catalog.Pg_Promote()"
            })
    void aNameIsKnownInEverySpelling(String sql) {
        assertThat(Sql.classOf(sql)).isEqualTo(StatementClass.DESTRUCTIVE);
    }

    @Test
    void quotedNamesKeepTheirCase() {
        assertThat(Sql.one("TRUNCATE \"T\"\"x\", Üx").relations())
                .containsExactly(new RelationName(null, "T\"x"), new RelationName(null, "Üx"));
        assertThat(Sql.one("SELECT \"LOWER\"('x')").statementClass()).isEqualTo(StatementClass.WRITE);
    }

    @Test
    void namesAreCutAt63BytesAndNotInsideACharacter() {
        String ascii = "s".repeat(63);
        assertThat(Sql.one("DROP TABLE " + ascii + "anything").relations())
                .containsExactly(new RelationName(null, ascii));
        String sixtyTwo = "s".repeat(62);
        assertThat(Sql.one("DROP TABLE \"" + sixtyTwo + "é\"").relations())
                .containsExactly(new RelationName(null, sixtyTwo));
    }

    @Test
    void lettersThatOnlyJavaFoldsStayWhatTheyAre() {
        assertThat(Sql.one("ſELECT 1").unparsed()).isTrue();
        assertThat(Sql.one("SELECT ſum(1)").statementClass()).isEqualTo(StatementClass.WRITE);
    }

    @Test
    void noSpacesAreNeeded() {
        assertThat(Sql.one("TRUNCATE\"t\"").command()).isEqualTo("TRUNCATE TABLE");
        StatementFacts delete = Sql.one("DELETE FROM\"t\"WHERE\"id\">0");
        assertThat(delete.command()).isEqualTo("DELETE");
        assertThat(delete.where()).isEqualTo(WhereClause.PRESENT);
    }

    @Test
    void unicodeSpaceDoesNotSeparate() {
        assertThat(Sql.one("DROP\u00a0TABLE t").unparsed()).isTrue();
        assertThat(Sql.one("\ufeffDROP TABLE t").unparsed()).isTrue();
    }

    @Test
    void aNulRefusesTheWholeText() {
        SqlFacts facts = Sql.read("SELECT 1\0; DROP TABLE t");
        assertThat(facts.statements()).hasSize(1);
        assertThat(facts.statements().getFirst().unparsed()).isTrue();
    }

    @Test
    void malformedUtf8IsReadByteByByte() {
        byte[] sql = "DROP TABLE \"a\u00c3\"".getBytes(StandardCharsets.ISO_8859_1);
        StatementFacts facts =
                StatementReader.read(sql, 0, sql.length).statements().getFirst();
        assertThat(facts.relations()).containsExactly(new RelationName(null, "a\u00c3"));
    }

    @Test
    void emptyStatementsAreLeftOut() {
        SqlFacts facts = Sql.read(" ; /* x */ ; -- y");
        assertThat(facts.statements()).isEmpty();
        assertThat(facts.statementClass()).isEqualTo(StatementClass.READ);
    }

    @Test
    void semicolonsInAFunctionBodyDoNotSeparate() {
        SqlFacts facts = Sql.read("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; "
                + "DELETE FROM t; END; DROP TABLE t");
        assertThat(facts.statements())
                .extracting(StatementFacts::command)
                .containsExactly("CREATE FUNCTION", "DROP TABLE");
    }

    @Test
    void aColumnNamedCaseDoesNotStretchAFunctionBody() {
        SqlFacts facts = Sql.read("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 case; END; DROP TABLE t");
        assertThat(facts.statements())
                .extracting(StatementFacts::command)
                .containsExactly("CREATE FUNCTION", "DROP TABLE");
    }

    @Test
    void semicolonsInTheActionsOfARuleDoNotSeparate() {
        SqlFacts facts = Sql.read("CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; NOTIFY x); SELECT 1");
        assertThat(facts.statements()).extracting(StatementFacts::command).containsExactly("CREATE RULE", "SELECT");
    }

    @Test
    void aLongCommentHidesNothing() {
        assertThat(Sql.one("/*" + "x".repeat(1 << 16) + "*/ DROP TABLE t").command())
                .isEqualTo("DROP TABLE");
    }
}
