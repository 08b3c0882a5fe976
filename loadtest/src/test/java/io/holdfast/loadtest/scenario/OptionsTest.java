package io.holdfast.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Map<String, String> DEFAULTS =
            Defaults.of("clients", "1,8").and("rounds", "3").and("modes", "simple");

    private static Options read(String... arguments) {
        return Options.read(List.of(arguments), DEFAULTS);
    }

    @Test
    void whatIsGivenWinsOverTheDefault() {
        Options options = read("clients=32", "-Xmx64m");
        assertThat(options.numbers("clients")).containsExactly(32);
        assertThat(options.number("rounds")).isEqualTo(3);
        assertThat(options.jvm()).containsExactly("-Xmx64m");
    }

    @Test
    void listsAreSeparatedByCommas() {
        assertThat(read().numbers("clients")).containsExactly(1, 8);
        assertThat(read("modes=simple,prepared").words("modes", List.of("simple", "prepared")))
                .containsExactly("simple", "prepared");
    }

    @Test
    void theRecordHasEverySettingInOrder() {
        assertThat(read("rounds=5", "-Xmx64m", "-Xint").settings())
                .isEqualTo(Map.of("clients", "1,8", "rounds", "5", "modes", "simple", "jvm", "-Xmx64m -Xint"))
                .extractingFromEntries(Map.Entry::getKey)
                .containsExactly("clients", "rounds", "modes", "jvm");
    }

    @Test
    void aNameThatDoesNotExistIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("client=1"))
                .withMessage("client (expected: one of clients, rounds, modes)");
    }

    @Test
    void whatIsNoOptionIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("fast"))
                .withMessage("fast (expected: name=value, or an option of the proxy's JVM, which begins with -)");
    }

    @Test
    void whatIsNoNumberIsAMistake() {
        for (String wrong : List.of("0", "-1", "x", "", "1,,2", "9999999999")) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> read("clients=" + wrong).numbers("clients"))
                    .withMessageEndingWith("(expected: a whole number, 1 or more)");
        }
    }

    @Test
    void aWordThatIsNotAllowedIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("modes=fast").words("modes", List.of("simple", "prepared")))
                .withMessage("modes: fast (expected: simple, prepared)");
    }

    @Test
    void whereOneIsWantedTwoAreAMistake() {
        assertThat(read().word("modes", List.of("simple", "prepared"))).isEqualTo("simple");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("modes=simple,prepared").word("modes", List.of("simple", "prepared")))
                .withMessage("modes: simple,prepared (expected: one)");
    }
}
