package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Counting;
import io.holdfast.config.Counting.Where;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountingReaderTest {
    @Test
    void rowsAreCountedOnAFollowerUnlessItSaysOtherwise() {
        assertThat(config(UPSTREAM + "protect: { preset: observe }").protect().counting())
                .isEqualTo(Counting.DEFAULT);
        assertThat(config(UPSTREAM + "protect: { preset: observe, count-rows: { where: only-server, limit: 500ms } }")
                        .protect()
                        .counting())
                .isEqualTo(new Counting(Where.ONLY_SERVER, Duration.ofMillis(500)));
        assertThat(config(UPSTREAM + "protect: { preset: observe, count-rows: { where: nowhere } }")
                        .protect()
                        .counting()
                        .where())
                .isEqualTo(Where.NOWHERE);
    }

    @Test
    void whatItCannotBeIsAProblem() {
        assertThat(problems(
                        UPSTREAM + "protect: { preset: observe, count-rows: { where: primary, limit: 5m, on: x } }"))
                .hasSize(3);
    }
}
