package io.holdfast.proxy.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig.Silence;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Evidence;
import io.holdfast.proxy.guard.Verdict.Presence;
import io.holdfast.proxy.targets.Server;
import io.holdfast.proxy.targets.Server.Tcp;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Server HERE = new Tcp("127.0.0.1", 5432);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @ParameterizedTest
    @CsvSource({"production", "PRODUCTION", "staging", "prodution"})
    void whatADatabaseSaysCountsWhateverItsAddress(String word) {
        assertThat(of(new DatabaseSays.Is(Evidence.of("it", word)), "127.0.0.1"))
                .isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"local", "test", "development"})
    void whatSaysThatItIsForTestsPassesFromWhereverItWasLetToBeAsked(String word) {
        assertThat(of(new DatabaseSays.Is(Evidence.of("it", word)), "10.9.8.7")).isInstanceOf(Verdict.Local.class);
    }

    /** Its own end, and containers whose port is published here. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "172.17.0.2", "172.22.0.3", "10.88.0.5"})
    void aSilentDatabaseOnThisMachinePasses(String own) {
        assertThat(of(new DatabaseSays.Nothing(), own)).isInstanceOf(Verdict.Local.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.3.7", "172.31.5.5", "203.0.113.9", "2001:db8::7"})
    void theFarEndOfATunnelIsNotHere(String own) {
        assertThat(of(new DatabaseSays.Nothing(), own))
                .asString()
                .contains("behind a tunnel that begins at 127.0.0.1:5432")
                .contains("--local-network " + InetAddress.ofLiteral(own).getHostAddress());
    }

    @Test
    void aDatabaseBehindAUnixSocketHasNoAddress() {
        assertThat(of(new DatabaseSays.Nothing(), null)).isInstanceOf(Verdict.Local.class);
    }

    @Test
    void onlyWhatIsNotThereYetMayPassLater() {
        assertThat(later(new Answer.Unreachable("starting up"))).isTrue();
        assertThat(later(new Answer.Absent("refused"))).isTrue();
        assertThat(later(new Answer.Rejected("password authentication failed", true)))
                .isFalse();
        assertThat(later(new Answer.Elsewhere(InetAddress.ofLiteral("10.9.8.7"))))
                .isFalse();
        assertThat(later(new Answer.Guarded("no"))).isFalse();
    }

    @Test
    void aDefaultThatOnlyHoldsWithoutSomeFilesPassesWhereTheCommandCouldReachNothing() {
        assertThat(byDefault(new Answer.Absent("refused")))
                .isEqualTo(new Verdict.NotAsked("nobody listens at 127.0.0.1:5432"));
        assertThat(byDefault(new Answer.Rejected("no", true)))
                .isEqualTo(new Verdict.NotAsked("nobody gets in at 127.0.0.1:5432 with that login"));
        assertThat(List.of(
                        byDefault(new Answer.Rejected("no", false)),
                        byDefault(new Answer.Unreachable("starting up")),
                        byDefault(new Answer.Guarded("no")),
                        byDefault(new Answer.Elsewhere(InetAddress.ofLiteral("10.9.8.7")))))
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Refused.class));
    }

    private static Verdict byDefault(Answer answer) {
        return Verdict.ofDefault(Verdict.of(HERE, answer, address -> false, Silence.TRUST), HERE.toString());
    }

    private static boolean later(Answer answer) {
        return Verdict.of(HERE, answer, address -> false, Silence.TRUST) instanceof Verdict.Refused refused
                && refused.mayPassLater();
    }

    @Test
    void whatCouldNotBeFoundOutDoesNotPass() {
        assertThat(of(new DatabaseSays.Unknown("no metadata"), "127.0.0.1"))
                .isEqualTo(new Verdict.Refused(
                        "what it is could not be found out: no metadata",
                        "Nothing that is not known to be local passes.",
                        Presence.THERE));
    }

    @Test
    void whereSilenceIsNotTrustedADatabaseIsToldHowToSpeak() {
        assertThat(silent(true))
                .isEqualTo(new Verdict.Refused(
                        "it does not say what it is, and with --silence refuse it must",
                        "If it is for tests, let it say so, once: ALTER DATABASE \"Shop\" SET holdfast.environment = 'test'.",
                        Presence.THERE));
        assertThat(silent(false))
                .as("it is not there, so its server must speak for it")
                .asString()
                .contains("ALTER ROLE ALL SET holdfast.environment = 'test'");
    }

    @Test
    void whereSilenceIsNotTrustedWhoSaysThatItIsLocalPasses() {
        assertThat(Verdict.of(
                        HERE,
                        new Answer.Asked(
                                new DatabaseSays.Is(Evidence.of("it", "test")),
                                List.of(LOOPBACK),
                                LOOPBACK,
                                "shop",
                                true),
                        InetAddress::isLoopbackAddress,
                        Silence.REFUSE))
                .isInstanceOf(Verdict.Local.class);
    }

    private static Verdict silent(boolean exists) {
        return Verdict.of(
                HERE,
                new Answer.Asked(new DatabaseSays.Nothing(), List.of(LOOPBACK), LOOPBACK, "Shop", exists),
                InetAddress::isLoopbackAddress,
                Silence.REFUSE);
    }

    private static Verdict of(DatabaseSays says, @Nullable String own) {
        InetAddress address = own == null ? null : InetAddress.ofLiteral(own);
        return Verdict.of(
                HERE,
                new Answer.Asked(says, List.of(LOOPBACK), address, "shop", true),
                InetAddress::isLoopbackAddress,
                Silence.TRUST);
    }
}
