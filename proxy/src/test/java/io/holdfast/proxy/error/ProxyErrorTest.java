package io.holdfast.proxy.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyErrorTest {
    @Test
    void ourOwnCodesAreUnique() {
        assertThat(Stream.of(ProxyError.values()).map(ProxyError::sqlstate).filter(code -> code.startsWith("PW")))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void whatLeavesTheSessionOpenMakesNobodyRetryEvictOrFailOver(ProxyError error) {
        if (error.severity() == Severity.ERROR) {
            assertThat(error.sqlstate()).doesNotMatch("40001|40P01|08...|57P..|25006");
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsTheStyleOfPostgres(ProxyError error) {
        assertThat(error.sqlstate()).matches("[0-9A-Z]{5}");
        assertThat(error.messageFormat()).matches("(?s)[a-z%].*[^.\\n]").doesNotContain("\n");
        if (error.hintFormat() != null) {
            assertThat(error.hintFormat()).matches("[A-Z].*\\.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void fillsEveryArgument(ProxyError error) {
        Object[] args = Collections.nCopies(error.arity(), "arg").toArray();

        ErrorReport report = error.report(args);

        assertThat(report.message() + report.hint()).doesNotContain("%");
        assertThat(report.sqlstate()).isEqualTo(error.sqlstate());
    }

    @Test
    void refusesAWrongNumberOfArguments() {
        assertThatThrownBy(() -> ProxyError.HOLD_DENIED.report("H-7K2M"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HOLD_DENIED: 1 arguments (expected: 2)");
    }

    @Test
    void aControlCharacterInAnArgumentCannotEndTheFieldOrTheLine() {
        ErrorReport report =
                ProxyError.REFUSED_BY_RULE.report("a\0b\nc\u001b[2K").withDetail("x\ry");

        assertThat(report.message()).isEqualTo("refused by rule \"a b c [2K\"");
        assertThat(report.detail()).isEqualTo("x y");
    }

    @Test
    void saysWhatPostgresSays() {
        assertThat(ProxyError.AUTHENTICATION_FAILED.report("bo").message())
                .isEqualTo("password authentication failed for user \"bo\"");
        assertThat(ProxyError.CANCELED.report().message()).isEqualTo("canceling statement due to user request");
    }
}
