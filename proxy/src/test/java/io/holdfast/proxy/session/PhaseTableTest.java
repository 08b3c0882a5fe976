package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTableTest {
    /** The whole matrix; a dot is a violation. */
    private static final String MATRIX = """
                     FORWARD ANSWER WAIT    HOLD RESUME REPLIES_DONE SKIP     GONE
            IDLE     RUNNING IDLE   WAITING HELD .      IDLE         SKIPPING CLOSED
            RUNNING  RUNNING .      WAITING HELD .      IDLE         SKIPPING CLOSED
            WAITING  RUNNING IDLE   WAITING HELD IDLE   WAITING      SKIPPING CLOSED
            HELD     RUNNING IDLE   WAITING .    .      HELD         SKIPPING CLOSED
            SKIPPING RUNNING IDLE   .       .    .      SKIPPING     SKIPPING CLOSED
            CLOSED   .       .      .       .    .      .            .        CLOSED
            """;

    @Test
    void everyPairLeadsWhereTheMatrixSays() {
        List<List<String>> rows = MATRIX.lines()
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .toList();
        List<String> events = rows.getFirst();
        assertThat(events)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SessionEvent.values()).map(Enum::name).toList());
        assertThat(rows).hasSize(1 + Phase.values().length);
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int i = 0; i < events.size(); i++) {
                Phase from = Phase.valueOf(row.getFirst());
                SessionEvent event = SessionEvent.valueOf(events.get(i));
                assertThat(PhaseTable.TABLE.next(from, event).map(Enum::name).orElse("."))
                        .as("%s x %s", from, event)
                        .isEqualTo(row.get(i + 1));
            }
        }
    }

    @Test
    void aPairThatIsMissingIsAViolationAndChangesNothing() {
        PhaseTable phase = new PhaseTable();
        assertThatThrownBy(() -> phase.on(SessionEvent.RESUME))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("event: RESUME in IDLE");
        assertThat(phase.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void theClientIsReadWhileNothingOfItWaits() {
        PhaseTable phase = new PhaseTable();
        assertThat(phase.reads()).isTrue();
        phase.on(SessionEvent.FORWARD);
        assertThat(phase.reads()).isTrue();
        phase.on(SessionEvent.WAIT);
        assertThat(phase.reads()).isFalse();
        phase.on(SessionEvent.HOLD);
        assertThat(phase.reads()).isFalse();
        phase.on(SessionEvent.SKIP);
        assertThat(phase.reads()).isTrue();
        phase.on(SessionEvent.GONE);
        assertThat(phase.reads()).isFalse();
    }

    @Test
    void onePairCannotLeadToTwoPhases() {
        var builder = Transitions.of(Phase.class, SessionEvent.class).on(Phase.IDLE, SessionEvent.WAIT, Phase.WAITING);
        assertThatThrownBy(() -> builder.on(Phase.IDLE, SessionEvent.WAIT, Phase.HELD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pair: IDLE x WAIT (already leads to WAITING)");
    }
}
