package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatePatternTest {
    private static final List<String> PATTERNS =
            List.of("*", "ci-*", "ci-7", "*7", "/O=Example/*", "/O=Example/OU=ci/*", "/*/OU=ci/*", "/CN=ci-*");
    private static final List<String> SUBJECTS =
            List.of("ci-7", "ana", "/O=Example", "/O=Example/OU=ci/CN=ci-7", "/O=Other/OU=ci/CN=ana", "/OU=ci/CN=7");

    @ParameterizedTest
    @CsvSource({
        "ci-*, ci-7, true",
        "ci-7, ci-7, true",
        "ci-7, CI-7, false",
        "ci-*, /O=ci-7/CN=ana, false",
        "*, ana, true",
        "*, /O=Example, true",
        "/O=Example/OU=ci/*, /O=Example/OU=ci/CN=ana, true",
        "/O=Example/OU=ci/*, /O=Example/OU=ops/CN=ci, false",
        "*ci, /O=Example, false",
    })
    void aPatternIsForTheCommonNameOrBehindASlashForTheWholeSubject(String pattern, String subject, boolean matches) {
        assertThat(CertificatePattern.of(pattern).matches(CertificateSubject.parse(subject)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*/OU=ci/*", "*/OU=ci/*"})
    void aValueThatLooksLikeAPartIsNone(String pattern) {
        CertificateSubject posing = CertificateSubject.of(
                List.of(new CertificateSubject.Part("O", "x/OU=ci/y"), new CertificateSubject.Part("CN", "a")));

        assertThat(CertificatePattern.of(pattern).matches(posing)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "ci-*", "ci.example.com", "Anne Müller", "/O=Example/*", "/CN=x"})
    void theseAreClear(String pattern) {
        assertThat(CertificatePattern.isClear(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "OU=ci", "CN=ci-*", "2.5.4.3=x", "/ci-*", "/"})
    void theseCouldBeEitherKindAndWouldMatchNothing(String pattern) {
        assertThat(CertificatePattern.isClear(pattern)).isFalse();
    }

    @Test
    void whatOneCoversItMatches() {
        int covered = 0;
        for (String wide : PATTERNS) {
            for (String narrow : PATTERNS) {
                CertificatePattern ours = CertificatePattern.of(wide);
                CertificatePattern theirs = CertificatePattern.of(narrow);
                for (String subject : SUBJECTS) {
                    CertificateSubject candidate = CertificateSubject.parse(subject);
                    if (ours.covers(theirs) && theirs.matches(candidate)) {
                        covered++;
                        assertThat(ours.matches(candidate))
                                .as("%s covers %s: %s", wide, narrow, subject)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(covered).isGreaterThan(20);
        assertThat(CertificatePattern.of("*").covers(CertificatePattern.of("/O=Example/*")))
                .isTrue();
        assertThat(CertificatePattern.of("ci-*").covers(CertificatePattern.of("/CN=ci-*")))
                .isFalse();
    }
}
