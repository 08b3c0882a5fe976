package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.APPROVED;
import static io.holdfast.proxy.session.Talk.HELD;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What runs is what was shown: a name that stands for something else by then lets nothing run. */
class MeantObjectsWireTest {
    private static final String CHANGED = """
            C< ErrorResponse S "ERROR" C "PW013" M "statement is not what was approved any more: what H-1 names has changed"
            """;

    private final Wire primary = wire().withoutFollower();

    @Test
    void whatWasSwappedWhileItWaitedDoesNotRun() {
        primary.plays("@ name t one\nC> Query \"truncate t\"\n" + HELD + "@ name t another\n" + APPROVED + CHANGED + """
                C< ReadyForQuery I
                @  hold is failed
                """
                + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void whatAppearedUnderTheNameWhileItWaitedCountsToo() {
        primary.plays("C> Query \"truncate t\"\n" + HELD + "@ name t one\n" + APPROVED + CHANGED + """
                C< ReadyForQuery I
                @  hold is failed
                """);
    }

    @Test
    void aGrantIsNotForWhatWasSwappedSince() {
        primary.withClientWait(Duration.ofSeconds(10)).plays("@ name t one\nC> Query \"truncate t\"\n" + HELD + """
                @  time 10S
                C< ErrorResponse S "ERROR" C "PW004" M "statement needs approval: H-1 is open"
                C< ReadyForQuery I
                @  approve by cy
                @  approve by di
                @  hold is granted
                @  name t another
                C> Query "truncate t"
                C< NoticeResponse M "held as H-2: needs 2 approvals, 0 so far"
                """);
    }
}
