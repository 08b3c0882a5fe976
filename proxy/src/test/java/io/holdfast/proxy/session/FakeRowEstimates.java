package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.estimate.RowEstimates;
import io.holdfast.proxy.estimate.RowQuestion;
import io.holdfast.proxy.policy.RowEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Somebody who counts at once, until a script says otherwise, and finds as many rows as it says. */
final class FakeRowEstimates implements RowEstimates {
    private RowEstimate estimate = RowEstimate.NONE;
    private boolean slow;
    private @Nullable CompletableFuture<Map<Integer, RowEstimate>> open;
    private final List<RowQuestion> asked = new ArrayList<>();

    @Override
    public CompletionStage<Map<Integer, RowEstimate>> of(RowQuestion question) {
        CompletableFuture<Map<Integer, RowEstimate>> answer = new CompletableFuture<>();
        asked.add(question);
        open = answer;
        if (!slow) {
            give();
        }
        return answer;
    }

    /** What scripts say behind {@code rows}: {@code are 5}, {@code are unknown}, {@code slow}, {@code answer}, {@code asked ...}. */
    void happens(String what) {
        String[] words = what.split(" ", 2);
        switch (words[0]) {
            case "are" ->
                estimate = words[1].equals("unknown")
                        ? new RowEstimate.Unknown("there is no follower")
                        : new RowEstimate.AtMost(Long.parseLong(words[1]));
            case "slow" -> slow = true;
            case "answer" -> give();
            case "asked" -> assertThat("asked " + questions()).isEqualTo(what);
            default -> throw new IllegalArgumentException("rows: " + what);
        }
    }

    /** {@code DELETE [1, x] unseen [t]; UPDATE [] unseen all}, or {@code nothing}. */
    private String questions() {
        return asked.isEmpty()
                ? "nothing"
                : asked.stream()
                        .flatMap(question -> question.statements().stream())
                        .map(FakeRowEstimates::words)
                        .collect(Collectors.joining("; "));
    }

    private static String words(RowQuestion.Asked one) {
        List<@Nullable String> values =
                one.values().stream().map(BoundValue::text).toList();
        String unseen =
                one.unseen().anything() ? "all" : new TreeSet<>(one.unseen().names()).toString();
        return one.facts().command() + ' ' + values + " unseen " + unseen;
    }

    private void give() {
        CompletableFuture<Map<Integer, RowEstimate>> waiting = open;
        if (waiting == null) {
            throw new IllegalStateException("no rows were asked for");
        }
        waiting.complete(asked.getLast().statements().stream()
                .collect(Collectors.toMap(RowQuestion.Asked::number, _ -> estimate)));
    }
}
