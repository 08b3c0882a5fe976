package io.holdfast.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static JsonNode read(Result result) throws IOException {
        return JsonMapper.builder().build().readTree(Json.of(result));
    }

    @Test
    void everyRoundIsThereBesideTheMedian() throws IOException {
        JsonNode row = read(Results.comparison()).at("/rows/1");
        assertThat(row.at("/mode").asText()).isEqualTo("simple");
        assertThat(row.at("/clients").asText()).isEqualTo("8");
        assertThat(row.at("/target").asText()).isEqualTo("a|b");
        assertThat(row.at("/median/per_second").asDouble()).isEqualTo(800);
        assertThat(row.at("/median/cpu_micros_each").asDouble()).isEqualTo(12.34);
        assertThat(row.at("/rounds")).hasSize(3);
        assertThat(row.at("/rounds/1/of_direct").asDouble()).isEqualTo(0.5);
    }

    @Test
    void whatATargetDoesNotHaveIsNotThere() throws IOException {
        JsonNode direct = read(Results.comparison()).at("/rows/0");
        assertThat(direct.at("/median").has("cpu_micros_each")).isFalse();
        assertThat(direct.at("/rounds/0").has("cpu_micros_each")).isFalse();
    }

    @Test
    void itSaysWhereAndHowItWasMeasured() throws IOException {
        JsonNode root = read(Results.comparison());
        assertThat(root.at("/scenario").asText()).isEqualTo("02-guardrail");
        assertThat(root.at("/environment/cpu").asText()).isEqualTo("some <cpu> & more");
        assertThat(root.at("/settings/rounds").asText()).isEqualTo("3");
        assertThat(root.at("/notes/0").asText()).isEqualTo("One thing is to be known.");
    }
}
