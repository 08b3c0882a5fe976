package io.holdfast.loadtest.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One setting on one target, measured in several rounds.
 *
 * @param labels one for each of {@link Result#labels}
 * @param rounds what each has measured; a quantity that a target does not have is not in it
 */
public record Row(List<String> labels, List<Map<Metric, Double>> rounds) {
    public Row {
        labels = List.copyOf(labels);
        rounds = rounds.stream().map(Map::copyOf).toList();
    }

    /** Over the rounds; empty if the target does not have it. */
    public OptionalDouble median(Metric metric) {
        return Statistics.median(rounds.stream()
                .map(round -> round.get(metric))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
