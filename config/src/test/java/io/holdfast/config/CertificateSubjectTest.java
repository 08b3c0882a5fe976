package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.config.CertificateSubject.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSubjectTest {
    @Test
    void partsStandInTheirOrderAndTheFirstCommonNameCounts() {
        CertificateSubject subject = CertificateSubject.of(List.of(
                new Part("O", "Example"), new Part("CN", "ana"), new Part("CN", "root"), new Part("OU", "ops")));

        assertThat(subject).isEqualTo(new CertificateSubject("/O=Example/CN=ana/CN=root/OU=ops", "ana"));
    }

    @Test
    void aSubjectMayBeEmpty() {
        assertThat(CertificateSubject.of(List.of())).isEqualTo(new CertificateSubject("", ""));
    }

    @Test
    void noValueCanPoseAsAnotherPart() {
        CertificateSubject subject =
                CertificateSubject.of(List.of(new Part("O", "x/OU=ci"), new Part("CN", "me\\/CN=root")));

        assertThat(subject.name()).isEqualTo("/O=x\\2FOU=ci/CN=me\\\\\\2FCN=root");
        assertThat(subject.commonName()).isEqualTo("me\\/CN=root");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a,b|/CN=a\\,b",
                "a+b|/CN=a\\+b",
                "<a>;|/CN=\\<a\\>\\;",
                "#1|/CN=\\#1",
                "a#1|/CN=a#1",
                " a |/CN=\\ a\\ ",
                "a b|/CN=a b",
                "a=b|/CN=a=b",
                "Größe|/CN=Größe",
            })
    void valuesAreEscapedAsPostgresqlHasIt(String commonName, String name) {
        assertThat(CertificateSubject.of(List.of(new Part("CN", commonName))).name())
                .isEqualTo(name);
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            CertificateSubject subject = CertificateSubject.of(
                    List.of(new Part("O", text(random)), new Part("CN", text(random)), new Part("OU", text(random))));

            assertThat(CertificateSubject.parse(subject.name())).isEqualTo(subject);
        }
    }

    @Test
    void aCommonNameAloneIsRead() {
        assertThat(CertificateSubject.parse("ci-7")).isEqualTo(new CertificateSubject("/CN=ci-7", "ci-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/CN", "/=x", "/O=Example//CN=a", "/CN=a\\", "/CN=a\\x", "/CN=a\\8F", "/CN=\\2"})
    void whatIsNoSubjectIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificateSubject.parse(text))
                .withMessageContaining("expected: ");
    }

    private static String text(Random random) {
        String alphabet = "a /=\\,+\"<>;#\n\u007fü2F";
        return random.ints(random.nextInt(8), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }
}
