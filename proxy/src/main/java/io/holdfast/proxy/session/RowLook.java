package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.estimate.RowEstimates;
import io.holdfast.proxy.estimate.RowQuestion;
import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.estimate.TextEstimate;
import io.holdfast.proxy.estimate.Unseen;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.policy.Ruling;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how many rows a unit would touch, where a rule depends on it, before the unit is judged. Of one event loop. What was found out is
 * good for a few seconds: a unit that had to wait longer is counted again.
 */
final class RowLook {
    /** A client that waits for a count that does not come is judged as if it were a large one. */
    private static final int LIMIT_SECONDS = 30;

    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final RowEstimate LATE = new RowEstimate.Unknown("nobody has said in time");

    private static final class Question {
        final Unit unit;
        final Ruling.Depends ruling;
        final Runnable then;
        final Map<Integer, RowEstimate> said;
        final long since = System.nanoTime();

        Question(Unit unit, Ruling.Depends ruling, Runnable then) {
            this.unit = unit;
            this.ruling = ruling;
            this.then = then;
            this.said = said(unit, ruling);
        }
    }

    private final boolean asks;
    private final RowEstimates estimates;
    private final CatalogSource catalogs;
    private final Meters meters;
    private final Conversation conversation;
    private final ClientFacts client;
    private final SessionLoop loop;

    /** What is under way; null: nothing is. */
    private @Nullable Question asking;

    private @Nullable Unit counted;
    private Map<Integer, RowEstimate> found = Map.of();
    private long foundAt;
    private Unseen unseen = Unseen.NOTHING;

    RowLook(SessionServices services, Conversation conversation, ClientFacts client, SessionLoop loop) {
        this.asks = services.policy().asksForRows();
        this.estimates = services.rows();
        this.catalogs = services.catalogs();
        this.meters = services.meters();
        this.conversation = conversation;
        this.client = client;
        this.loop = loop;
    }

    /** What the ruling depends on; null: it must be asked for. */
    @Nullable
    Map<Integer, RowEstimate> known(Unit unit, Ruling.Depends ruling) {
        if (counted == unit
                && System.nanoTime() - foundAt < GOOD_NANOS
                && found.keySet().containsAll(ruling.statements())) {
            return found;
        }
        Map<Integer, RowEstimate> said = said(unit, ruling);
        return said.size() == ruling.statements().size() ? said : null;
    }

    /** As {@link Policy#decide} takes them. */
    static RowEstimate of(Map<Integer, RowEstimate> known, int statement) {
        return known.getOrDefault(statement, LATE);
    }

    /** Asks, and calls {@code then} on the loop when it is known, unless {@link #abandon} comes before. */
    void ask(Unit unit, Ruling.Depends ruling, Runnable then) {
        Question question = new Question(unit, ruling, then);
        asking = question;
        ValueTypes.of(unit, catalogs, client.identity().database())
                .thenAccept(types -> loop.execute(() -> read(question, types)));
    }

    /** Whether something was under way; nobody will be called for it any more. */
    boolean abandon() {
        boolean was = asking != null;
        asking = null;
        return was;
    }

    /** The unit goes to a server now. */
    void sending(Unit unit) {
        if (asks) {
            Unseen all = unseen();
            for (StatementFacts statement : unit.executed()) {
                all = all.after(statement);
            }
            unseen = all;
        }
    }

    /** What the texts alone say. */
    private static Map<Integer, RowEstimate> said(Unit unit, Ruling.Depends ruling) {
        Map<Integer, RowEstimate> said = new HashMap<>();
        for (int number : ruling.statements()) {
            TextEstimate.of(unit.executed().get(number), unit.texts().get(number))
                    .ifPresent(estimate -> said.put(number, estimate));
        }
        return said;
    }

    private void read(Question question, ValueTypes types) {
        if (asking != question) {
            return;
        }
        Unit unit = question.unit;
        String encoding = client.parameters().getOrDefault("client_encoding", "UTF8");
        HeldValues.Reading values = unit.isStreamed()
                ? new HeldValues.Reading.Whole(List.of()) // which are too few, as whoever counts will see
                : HeldValues.read(unit, types.known(), types.unknown(), encoding);
        switch (values) {
            case HeldValues.Reading.Whole(var all) ->
                estimates
                        .of(rows(question, all))
                        .toCompletableFuture()
                        .copy()
                        .completeOnTimeout(Map.of(), LIMIT_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(_ -> Map.of())
                        .thenAccept(answer -> loop.execute(() -> answered(question, answer)));
            case HeldValues.Reading.Refused(var error) ->
                answered(question, all(question.ruling, new RowEstimate.Unknown(error.message())));
        }
    }

    private RowQuestion rows(Question question, List<BoundValue> values) {
        Unit unit = question.unit;
        List<RowQuestion.Asked> asked = new ArrayList<>();
        Unseen before = unseen();
        for (int i = 0; i < unit.executed().size(); i++) {
            StatementFacts statement = unit.executed().get(i);
            if (question.ruling.statements().contains(i) && !question.said.containsKey(i)) {
                int number = i + 1;
                List<BoundValue> its = values.stream()
                        .filter(value -> value.statement() == number)
                        .toList();
                asked.add(new RowQuestion.Asked(i, statement, unit.texts().get(i), its, before));
            }
            before = before.after(statement);
        }
        SessionState session = new SessionState(
                client.identity().user(),
                client.identity().database(),
                Held.settings(client.parameters(), conversation.changedSettings));
        return new RowQuestion(session, asked, question.ruling.enough());
    }

    private void answered(Question question, Map<Integer, RowEstimate> answer) {
        if (asking != question) {
            return;
        }
        asking = null;
        counted = question.unit;
        found = all(question.ruling, LATE);
        found.putAll(question.said);
        found.putAll(answer);
        foundAt = System.nanoTime();
        meters.rowsCounted(
                found.values().stream().noneMatch(RowEstimate.Unknown.class::isInstance), foundAt - question.since);
        question.then.run();
    }

    private static Map<Integer, RowEstimate> all(Ruling.Depends ruling, RowEstimate estimate) {
        Map<Integer, RowEstimate> all = new HashMap<>();
        ruling.statements().forEach(number -> all.put(number, estimate));
        return all;
    }

    /** What the open transaction has changed so far; of one that has ended, everybody sees it. */
    private Unseen unseen() {
        return conversation.work() == Conversation.Work.WROTE ? unseen : Unseen.NOTHING;
    }
}
