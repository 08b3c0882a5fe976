package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "DELETE FROM t WHERE name = 'O''Brien' AND n > 1.5e3 | DELETE FROM t WHERE name = '?' AND n > ?",
                "SELECT E'a\\'b', U&'d\\0061t' UESCAPE '!', B'10', x'ff' | SELECT '?', '?', '?', '?'",
                "UPDATE t SET a = $$x'y$$ WHERE b = $1 -- it's 5 | UPDATE t SET a = $$?$$ WHERE b = $1 -- it's 5",
                "SELECT \"a'b\", t1.c2 /* '7' */ FROM t1 | SELECT \"a'b\", t1.c2 /* '7' */ FROM t1",
                "INSERT INTO é VALUES ('ü') | INSERT INTO é VALUES ('?')",
            })
    void constantsGoAndTheRestStays(String sql, String masked) {
        assertThat(LiteralMask.of(sql)).isEqualTo(masked);
    }

    @Test
    void aContinuedStringIsOneConstant() {
        assertThat(LiteralMask.of("SELECT 'a'\n 'b', 1")).isEqualTo("SELECT '?', ?");
    }

    @Test
    void whatCannotBeReadIsMaskedAsAWhole() {
        assertThat(LiteralMask.of("SELECT 'secret")).isEqualTo(LiteralMask.UNREADABLE);
        assertThat(LiteralMask.of("SELECT 1\0")).isEqualTo(LiteralMask.UNREADABLE);
    }
}
