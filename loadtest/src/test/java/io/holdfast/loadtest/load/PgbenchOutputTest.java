package io.holdfast.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PgbenchOutputTest {
    private static final String CONNECTED = """
            pgbench (15.14, server 18.6)
            transaction type: <builtin: select only>
            number of transactions actually processed: 81234
            number of failed transactions: 0 (0.000%)
            latency average = 0.393 ms
            initial connection time = 12.345 ms
            tps = 20345.678901 (without initial connection time)
            """;

    private static final String RECONNECTING = """
            number of transactions actually processed: 321
            average connection time = 6.250 ms
            tps = 64.125000 (including reconnection times)
            """;

    @Test
    void rateAndNumberOfTransactionsAreFound() throws IOException {
        PgbenchOutput output = PgbenchOutput.read(CONNECTED);
        assertThat(output.rate()).isEqualTo(20345.678901);
        assertThat(output.transactions()).isEqualTo(81234);
        assertThat(output.connectionMillis()).isEmpty();
    }

    @Test
    void withAConnectionForEachTransactionThereIsItsTime() throws IOException {
        PgbenchOutput output = PgbenchOutput.read(RECONNECTING);
        assertThat(output.rate()).isEqualTo(64.125);
        assertThat(output.connectionMillis()).hasValue(6.25);
    }

    @Test
    void anythingElseIsShownAsItWas() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PgbenchOutput.read("pgbench: error: connection failed"))
                .withMessageContaining("connection failed");
    }
}
