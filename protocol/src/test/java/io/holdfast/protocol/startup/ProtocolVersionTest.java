package io.holdfast.protocol.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.startup.ProtocolVersion.Negotiation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolVersionTest {
    @ParameterizedTest(name = "3.{0} goes on as 3.{1}")
    @CsvSource({
        "0,    0, false, false",
        "1,    1, false, false",
        "2,    2, false, true",
        "3,    2, true,  true",
        "9999, 2, true,  true",
    })
    void theVersionIsTheNewestThatBothSpeak(int asked, int used, boolean told, boolean longKeys) {
        Negotiation negotiation = ProtocolVersion.negotiate(asked, List.of("user", "database"));
        assertThat(negotiation).isEqualTo(new Negotiation(used, List.of(), told));
        assertThat(negotiation.longCancelKeys()).isEqualTo(longKeys);
    }

    @Test
    void unknownExtensionsAreNamedEvenWhereTheVersionIsKnown() {
        Negotiation negotiation = ProtocolVersion.negotiate(0, List.of("user", "_pq_.b", "_pq_x", "_pq_.a"));
        assertThat(negotiation).isEqualTo(new Negotiation(0, List.of("_pq_.b", "_pq_.a"), true));
        assertThat(negotiation.version()).isEqualTo(0x00030000);
    }

    @Test
    void aGreasingClientIsToldBoth() {
        Negotiation negotiation = ProtocolVersion.negotiate(9999, List.of("_pq_.test_protocol_negotiation"));
        assertThat(negotiation.version()).isEqualTo(0x00030002);
        assertThat(negotiation.unsupported()).containsExactly("_pq_.test_protocol_negotiation");
    }
}
