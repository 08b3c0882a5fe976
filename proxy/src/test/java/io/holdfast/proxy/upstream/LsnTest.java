package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    private static final long BLOCK = 8192;
    private static final long SEGMENT = 16 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "0/3000028", "FFFFFFFF/FFFFFFFF", "80000000/1"})
    void printsWhatItRead(String text) {
        assertThat(Lsn.format(Lsn.parse(text))).isEqualTo(text);
    }

    @Test
    void readsTheHighHalfBeforeTheSlash() {
        assertThat(Lsn.parse("16/B374D848")).isEqualTo(0x16_B374D848L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "1/", "/1", "16B374D848", "123456789/0", "0/123456789", "g/0", "1/2/3", "-1/0", " 0/0"})
    void refusesWhatIsNoLsn(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text));
    }

    @Test
    void comparesUnsigned() {
        assertThat(Lsn.covers(Lsn.parse("80000000/0"), Lsn.parse("7FFFFFFF/FFFFFFFF")))
                .isTrue();
        assertThat(Lsn.covers(Lsn.parse("7FFFFFFF/FFFFFFFF"), Lsn.parse("80000000/0")))
                .isFalse();
        assertThat(Lsn.covers(5, 5)).isTrue();
    }

    @Test
    void nothingCoversNotYet() {
        assertThat(Lsn.covers(Lsn.parse("FFFFFFFF/FFFFFFFE"), UpstreamState.NOT_YET))
                .isFalse();
    }

    @Test
    void bytesBehindAreNeverNegative() {
        assertThat(Lsn.bytesBehind(10, 25)).isEqualTo(15);
        assertThat(Lsn.bytesBehind(25, 10)).isZero();
        assertThat(Lsn.bytesBehind(Lsn.parse("7FFFFFFF/FFFFFFFF"), Lsn.parse("80000000/1")))
                .isEqualTo(2);
    }

    @Test
    void headerOfAnEmptyPageIsNothingToReplay() {
        assertThat(Lsn.endOfRecords(Lsn.parse("0/3000028"), BLOCK, SEGMENT)).isEqualTo(Lsn.parse("0/3000000"));
        assertThat(Lsn.endOfRecords(Lsn.parse("0/3002018"), BLOCK, SEGMENT)).isEqualTo(Lsn.parse("0/3002000"));
    }

    @Test
    void placeBehindARecordStaysAsItIs() {
        assertThat(Lsn.endOfRecords(Lsn.parse("0/3002028"), BLOCK, SEGMENT)).isEqualTo(Lsn.parse("0/3002028"));
        assertThat(Lsn.endOfRecords(Lsn.parse("0/3000060"), BLOCK, SEGMENT)).isEqualTo(Lsn.parse("0/3000060"));
    }
}
