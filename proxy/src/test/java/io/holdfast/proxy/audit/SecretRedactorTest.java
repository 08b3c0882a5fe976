package io.holdfast.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRedactorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE bo LOGIN PASSWORD 's3cret'",
                "alter user bo with encrypted password 's3cret'",
                "ALTER ROLE bo PASSWORD's3cret'",
                "ALTER ROLE bo PASSWORD E's3\\'cret'",
                "ALTER ROLE bo PASSWORD e'\\'s3cret'",
                "ALTER ROLE bo PASSWORD 'it''s s3cret'",
                "ALTER ROLE bo PASSWORD U&'s3cret' UESCAPE '!'",
                "ALTER ROLE bo PASSWORD $$s3cret$$",
                "ALTER ROLE bo PASSWORD $p$s3cret$p$",
                "ALTER ROLE bo PASSWORD /* x */ -- y\n 's3cret'",
                "ALTER ROLE bo PASSWORD /* /* nested */ ' */ 's3cret'",
                "ALTER ROLE bo PASSWORD 'a'\n's3cret'",
                "ALTER ROLE bo PASSWORD 's3cret",
                "ALTER ROLE bo PASSWORD $x$s3cret$$",
                "CREATE USER MAPPING FOR bo SERVER x OPTIONS (user 'bo', password 's3cret')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=db password=s3cret dbname=shop' PUBLICATION p",
                "CREATE SUBSCRIPTION s CONNECTION 'host=db password = ''s3cret word'' dbname=shop' PUBLICATION p",
                "CREATE SUBSCRIPTION s CONNECTION 'host=db password=a\\ s3cret dbname=shop' PUBLICATION p",
                "SELECT dblink_connect('postgres://bo:s3cret@db/shop')",
                "SELECT dblink_connect('postgres://bo:p@s3cret@db/shop')",
                "SELECT dblink_connect($$host=db password=s3cret$$)",
                "SELECT dblink_connect(E'host=db password=\\'a s3cret\\'')",
                "DO $$ BEGIN EXECUTE 'ALTER ROLE bo PASSWORD ''s3cret'''; END $$",
                "DO $$ BEGIN EXECUTE 'ALTER ROLE bo PASSWORD''s3cret'''; END $$",
                "DO $a$ BEGIN EXECUTE $b$ALTER ROLE bo PASSWORD 's3cret'$b$; END $a$",
                "DO 'BEGIN ALTER ROLE bo PASSWORD ''it''''s s3cret''; END'",
                "SET my.db_password = 's3cret'",
                "UPDATE users SET password = crypt('s3cret', gen_salt('bf'))",
                "UPDATE users SET \"password\" = 's3cret'",
                "ALTER SYSTEM SET primary_conninfo = 'host=db password=s3cret'",
                "INSERT INTO doc VALUES ('{\"password\": \"s3cret\"}')",
                "UPDATE pg_authid SET x = 'SCRAM-SHA-256$4096:s3cret'",
                "SELECT 1 -- password=s3cret",
                "SELECT 1 /* PASSWORD 's3cret' */",
            })
    void theSecretIsGoneAndThatItWasThereIsSeen(String sql) {
        assertThat(SecretRedactor.redactSql(sql)).doesNotContain("s3cret").contains("<redacted>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DELETE FROM account WHERE name = 'bo'",
                "SELECT $1, '$$', $a$text$a$, \"quoted \"\"name\"",
                "ALTER ROLE bo PASSWORD NULL VALID UNTIL '2027-01-01'",
                "DELETE FROM account WHERE password IS NULL AND name = 'bo'",
                "DELETE FROM account WHERE password = $1 AND name = 'bo'",
                "INSERT INTO log VALUES ('the password was changed')",
                "DO $$ BEGIN IF password = evil() THEN DELETE FROM account; END IF; END $$",
                "SELECT 'not closed",
                "SELECT /* not closed",
                "SELECT $x$ not closed",
                "SELECT E'\\",
            })
    void whatIsNoSecretStays(String sql) {
        assertThat(SecretRedactor.redactSql(sql)).isEqualTo(sql);
    }

    @Test
    void whatIsAroundTheSecretStays() {
        assertThat(SecretRedactor.redactSql("ALTER ROLE bo PASSWORD E's3' VALID UNTIL '2027-01-01'; DROP TABLE t"))
                .isEqualTo("ALTER ROLE bo PASSWORD E'<redacted>' VALID UNTIL '2027-01-01'; DROP TABLE t");
        assertThat(SecretRedactor.redactSql("CREATE SUBSCRIPTION s CONNECTION 'host=db password=s3 user=x'"))
                .isEqualTo("CREATE SUBSCRIPTION s CONNECTION 'host=db password=<redacted> user=x'");
    }

    @Test
    void aValueIsNoSql() {
        assertThat(SecretRedactor.redactValue("it's fine")).isEqualTo("it's fine");
        assertThat(SecretRedactor.redactValue("postgres://bo:s3cret@db/shop"))
                .isEqualTo("postgres://bo:<redacted>@db/shop");
    }

    @Test
    @Timeout(60)
    void hostileLengthCostsNeitherStackNorQuadraticTime() {
        for (String part : new String[] {
            "'", "password ", "password='", "://a:", "$a$", "$", "/*", "\\", "pwd=", "a=b ", "E'\\", "x", "''"
        }) {
            String hostile = part.repeat(1_000_000 / part.length());

            assertThat(SecretRedactor.redactSql(hostile)).isNotEmpty();
            assertThat(SecretRedactor.redactValue(hostile)).isNotEmpty();
            assertThat(SecretRedactor.redactSql("DO $$" + hostile)).isNotEmpty();
        }
    }
}
