package io.holdfast.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.console.HoldSheet.Part;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldJsonTest {
    private final HoldView batch =
            new Holds().service.open(Holds.batch(), Holds.TWO, view -> {}).orElseThrow();

    @Test
    void valuesOfABatchAreWithTheirStatements() {
        JsonNode json = HoldJson.detail(batch);

        assertThat(json.path("values").toString()).isEqualTo("[\"7\",\"x\",null]");
        assertThat(json.path("statements").path(0).path("values").toString()).isEqualTo("[\"7\"]");
        assertThat(json.path("statements").path(1).path("values").toString()).isEqualTo("[\"x\",null]");
    }

    @Test
    void theSheetNamesTheStatementOfEachValue() {
        Known known = new Known(new Insight.Known(List.of()), new Impact.Pending());

        assertThat(HoldSheet.part(Part.VALUES, batch, known))
                .containsExactly(
                        List.of("statement 1 value $1", "7"),
                        List.of("statement 2 value $1", "x"),
                        Arrays.asList("statement 2 value $2", null));
    }
}
