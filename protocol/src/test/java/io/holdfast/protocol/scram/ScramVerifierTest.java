package io.holdfast.protocol.scram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramVerifierTest {
    private static final String PENCIL = "SCRAM-SHA-256$4096:oKhW+SPwTt/9fzx7yL9iXA==$"
            + "B66gxoQpI2merKi4NXwepqVlYD+B0lJb09IF8bDnzog=:P+7OTcKvVVw3LaYX2IFm+SGhwLYyk0C+CnkPsGUFthY=";
    private static final byte[] SECRET = "sixteen or more random bytes".getBytes(UTF_8);

    /** Made by PostgreSQL 18.6: {@code CREATE ROLE ... PASSWORD '...'}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ASCII, pencil, " + PENCIL,
        "already in normal form, Zo\u00eb, "
                + "SCRAM-SHA-256$4096:dfjU5spb+U4ezuy6CIwHCQ==$wMVaS2E8KpwA8MKmd46M+ofgLGi3pz9FUTUZAY389WE=:opnSMc2camViEVTuBfwIJHEabYRhpdpLc1K/+2QUwJk=",
        "soft hyphen goes, I\u00adX, "
                + "SCRAM-SHA-256$4096:UbidrBVXmtTf9N4MoKeTCQ==$oyeialPcESwEUhOMmcZFVzl2xnRjbBcD33AN2o2LNro=:Nx/k2cE5/OI7/aC3urqhJNVg/C4N92df5SacFNfw27g=",
        "ligature and no-break space, \ufb01x\u00a0y, "
                + "SCRAM-SHA-256$4096:O2/gOJQuHRP7HP5BgFgekw==$SKCakytNFImOYnIWXQ8tzyT76Mh7yBx5SOZVTZ+mLXw=:aaexjgiLoZTQFVeb/l5IX3y3RVOzJL2HY61TWU0BYKE=",
        "prohibited so raw, a\u200eb\ufb01, "
                + "SCRAM-SHA-256$4096:KiNCnTUkEP7tWDLOk4S1GQ==$HAi6G7ZeLbJ/h5GArZWO7soCHS/fdoPqyilRDRrNJyo=:OVHzkms34VvrWDYt4Ro9Bc4XtH4R7s6cxhKveFsMB10=",
        "newer than Unicode 3.2, \ud83d\ude00x, "
                + "SCRAM-SHA-256$4096:869NPxu401i0naJs/fhltw==$7E6m1Jwago76PiKr9jcnzWXxDqT0lXKTl/SiYeDS2zs=:EudEF8Hrci5GudLWJ9C4swJ/RhyQ74Wf4+AO1dF5xZ4=",
        "mixed directions, \u06271, "
                + "SCRAM-SHA-256$4096:e7vmzaqP0II54wjTtpz1eg==$xrhfH7H3wiI15OJ4NxITqAaKQCvczRgxQKIMLIPamqo=:ITJpYM9WhN75p7RKL6jJVJUb84Jxf6TnF4zs+QrfmkE=",
        "zero-width space, a\u200bb, "
                + "SCRAM-SHA-256$4096:ohq5mp6QMmLj9WTTUZ3fzw==$oFhOQ2XaFeNhbxcnFx//YfucYLQoCWa35fERrYYZtX8=:0Ib810MpAqfVe4BMoUAxGerl4sGIO8BH2ZytztryHRE=",
    })
    void aPasswordHasTheVerifierThatPostgresqlMakes(String name, String password, String encoded) {
        ScramVerifier postgres = ScramVerifier.parse(encoded);
        ScramVerifier ours = ScramVerifier.forPassword(password, postgres.salt(), postgres.iterations());
        assertThat(ours.encoded()).isEqualTo(encoded);
    }

    @Test
    void aPasswordThatIsNotUtf8IsTakenRaw() {
        byte[] latin1 = {'Z', 'o', (byte) 0xeb};
        assertThat(PasswordPreparation.prepare(latin1)).isEqualTo(latin1);
    }

    @Test
    void parsingIsTheOppositeOfEncoding() {
        assertThat(ScramVerifier.parse(PENCIL).encoded()).isEqualTo(PENCIL);
        assertThat(ScramVerifier.isVerifier(PENCIL)).isTrue();
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThatThrownBy(() -> ScramVerifier.forPassword("", new byte[16], 4096))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "md5c5a5b8f1f0b8b2f0d6b6f4b6f1c0d1e2",
                "SCRAM-SHA-256$0:oKhW+SPwTt/9fzx7yL9iXA==$B66gxoQpI2merKi4NXwepqVlYD+B0lJb09IF8bDnzog=:P+7OTcKvVVw3LaYX2IFm+SGhwLYyk0C+CnkPsGUFthY=",
                "SCRAM-SHA-256$4096:!$B66gxoQpI2merKi4NXwepqVlYD+B0lJb09IF8bDnzog=:P+7OTcKvVVw3LaYX2IFm+SGhwLYyk0C+CnkPsGUFthY=",
                "SCRAM-SHA-256$4096:oKhW+SPwTt/9fzx7yL9iXA==$B66gxoQpI2merKi4NXwepqVlYD+B0lJb09IF8bDnzo==:P+7OTcKvVVw3LaYX2IFm+SGhwLYyk0C+CnkPsGUFthY=",
                "SCRAM-SHA-256$99999999999:oKhW$B66gxoQpI2merKi4NXwepqVlYD+B0lJb09IF8bDnzog=:P+7OTcKvVVw3LaYX2IFm+SGhwLYyk0C+CnkPsGUFthY=",
            })
    void anythingElseIsNotAVerifier(String text) {
        assertThatThrownBy(() -> ScramVerifier.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a SCRAM-SHA-256 verifier");
    }

    @Test
    void keysAreNotPrinted() {
        assertThat(ScramVerifier.parse(PENCIL).toString()).isEqualTo("ScramVerifier[4096]");
        assertThat(new ScramKeys(SECRET, SECRET, SECRET).toString()).isEqualTo("ScramKeys[]");
    }

    @Test
    void anUnknownUserHasTheSameSaltEveryTime() {
        byte[] salt = ScramVerifier.mock("nobody", SECRET).salt();
        assertThat(salt).hasSize(16);
        assertThat(ScramVerifier.mock("nobody", SECRET).salt()).isEqualTo(salt);
        assertThat(ScramVerifier.mock("somebody", SECRET).salt()).isNotEqualTo(salt);
        assertThat(ScramVerifier.mock("nobody", "another secret".getBytes(UTF_8))
                        .salt())
                .isNotEqualTo(salt);
    }
}
