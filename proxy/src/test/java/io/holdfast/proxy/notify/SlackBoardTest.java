package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.metrics.Meters;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is sent to Slack next, and what is not. */
class SlackBoardTest {
    private static final URI CLICK = URI.create("https://hooks.slack.com/actions/1");

    private final Holds holds = new Holds();
    private final Meters meters = new Meters();
    private Instant now = Instant.parse("2026-03-13T09:00:00Z");
    private SlackBoard board = new SlackBoard(false, () -> now, meters.notifications("slack"));

    @Test
    void aNewHoldIsPostedOnce() {
        HoldId id = open();

        assertThat(board.next()).contains(new Step.Post(view(id)));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void onlyTheLatestIsSent() {
        HoldId id = open();
        holds.approve(id, Holds.BO);
        changed(HoldChange.VOTED, id);
        holds.deny(id, Holds.ANN);
        changed(HoldChange.DECIDED, id);

        assertThat(send(null)).isEqualTo(new Step.Post(view(id)));
        assertThat(board.next()).isEmpty();
        shows("holdfast_notify_pending{channel=\"slack\"} 0.0");
    }

    @Test
    void whatOnePersonReleasesAloneIsToldBeforeAnythingElseAndInTheChannel() {
        IntStream.range(0, 5).forEach(i -> open());
        HoldId id = open();
        holds.service.breakGlass(id, Holds.EVE, io.holdfast.proxy.approval.Channel.HTTP, "nobody answers the phone");
        changed(HoldChange.GLASS_BROKEN, id);
        changed(HoldChange.DECIDED, id);

        Step alarm = board.next().orElseThrow();
        assertThat(alarm).isEqualTo(new Step.Glass(view(id)));
        board.again(alarm);
        assertThat(send(null)).isEqualTo(alarm);
        assertThat(send(null)).isInstanceOf(Step.Summary.class);
    }

    @Test
    void manyAtOnceShareAMessageAndTheirNewsDoToo() {
        List<HoldId> ids = IntStream.range(0, 20).mapToObj(i -> open()).toList();
        shows("holdfast_notify_pending{channel=\"slack\"} 20.0");

        assertThat(send(null)).isEqualTo(new Step.Summary(views(ids.subList(0, 15))));
        assertThat(send(null)).isEqualTo(new Step.Summary(views(ids.subList(15, 20))));
        ids.forEach(id -> {
            holds.deny(id, Holds.BO);
            changed(HoldChange.DECIDED, id);
        });
        assertThat(send(null)).isEqualTo(new Step.News(views(ids.subList(0, 15)), null));
        assertThat(send(null)).isEqualTo(new Step.News(views(ids.subList(15, 20)), null));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void oneOfManyIsPostedByItselfWhenSomebodyWantsIt() {
        List<HoldId> ids = IntStream.range(0, 4).mapToObj(i -> open()).toList();
        send(null);

        board.wanted(view(ids.get(2)));

        assertThat(send(null)).isEqualTo(new Step.Post(view(ids.get(2))));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void aWebhooksMessageIsChangedByTheWayThatAClickOpens() {
        HoldId id = open();
        send(null);
        holds.approve(id, Holds.BO);
        changed(HoldChange.VOTED, id);
        board.clicked(view(id), CLICK, "17.5", 0);

        assertThat(send(null)).isEqualTo(new Step.Replace(view(id), CLICK));
        holds.deny(id, Holds.ANN);
        changed(HoldChange.DECIDED, id);
        assertThat(send(null)).isEqualTo(new Step.Replace(view(id), CLICK));
        assertThat(send(null)).as("the end is told in the thread").isEqualTo(new Step.Ending(view(id), "17.5"));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void withoutAClickTheNewsFollows() {
        HoldId id = open();
        send(null);
        holds.approve(id, Holds.BO);
        changed(HoldChange.VOTED, id);

        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), null));
    }

    @Test
    void aWayWorksFiveTimesAndNotForLong() {
        HoldId id = open();
        send(null);
        board.clicked(view(id), CLICK, "17.5", 1);
        for (int i = 0; i < 4; i++) {
            assertThat(send(null)).isEqualTo(new Step.Replace(view(id), CLICK));
            changed(HoldChange.VOTED, id);
        }
        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), "17.5"));

        board.clicked(view(id), CLICK, "17.5", 0);
        now = now.plus(Duration.ofMinutes(29));
        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), "17.5"));
    }

    @Test
    void aUseThatDidNotReachSlackDoesNotCount() {
        HoldId id = open();
        send(null);
        board.clicked(view(id), CLICK, null, 4);

        for (int i = 0; i < 3; i++) {
            Step step = board.next().orElseThrow();
            assertThat(step).isEqualTo(new Step.Replace(view(id), CLICK));
            board.again(step);
        }
        send(null);
        changed(HoldChange.VOTED, id);
        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), null));
    }

    @Test
    void aSummaryThatSlackDoesNotTakeIsToldInLines() {
        List<HoldId> ids = IntStream.range(0, 4).mapToObj(i -> open()).toList();

        board.failed(board.next().orElseThrow());

        assertThat(send(null)).isEqualTo(new Step.News(views(ids), null));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void aWayThatSlackRefusesIsGivenUp() {
        HoldId id = open();
        send(null);
        board.clicked(view(id), CLICK, null, 0);

        board.failed(board.next().orElseThrow());

        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), null));
    }

    @Test
    void aBotChangesWhatItHasPosted() {
        board = new SlackBoard(true, () -> now, meters.notifications("bot"));
        HoldId id = open();
        send("17.5");
        holds.deny(id, Holds.BO);
        changed(HoldChange.DECIDED, id);

        assertThat(send(null)).isEqualTo(new Step.Edit(view(id), "17.5"));
        assertThat(send(null)).isEqualTo(new Step.Ending(view(id), "17.5"));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void whatIsWantedOnceMoreWhenItIsOverIsPostedOnce() {
        HoldId id = open();
        send(null);
        holds.deny(id, Holds.BO);
        changed(HoldChange.DECIDED, id);
        board.clicked(view(id), CLICK, "17.5", 0);
        send(null);
        board.wanted(view(id));

        assertThat(send(null)).isEqualTo(new Step.Post(view(id)));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void whatSlackDoesNotTakeIsToldInOneLineAndThenNoMore() {
        HoldId id = open();
        board.failed(board.next().orElseThrow());

        Step line = board.next().orElseThrow();
        assertThat(line).isEqualTo(new Step.News(List.of(view(id)), null));
        board.failed(line);
        assertThat(board.next()).isEmpty();
    }

    @Test
    void aMessageThatIsGoneIsFollowedByAnother() {
        board = new SlackBoard(true, () -> now, meters.notifications("bot"));
        HoldId id = open();
        send("17.5");
        holds.deny(id, Holds.BO);
        changed(HoldChange.DECIDED, id);

        board.failed(board.next().orElseThrow());

        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), null));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void aGrantIsRememberedUntilItsEndIsTold() {
        HoldId id = holds.openDetached(Holds.TWO);
        changed(HoldChange.OPENED, id);
        send(null);
        assertThat(board.wasGranted(id)).isFalse();
        holds.approve(id, Holds.BO);
        holds.approve(id, Holds.ANN);
        changed(HoldChange.DECIDED, id);
        send(null);
        holds.service.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"));
        holds.service.executed(id, new Outcome.Unknown());
        changed(HoldChange.FINISHED, id);
        Step end = board.next().orElseThrow();
        assertThat(board.wasGranted(id)).isTrue();
        board.done(end, null);
        assertThat(board.wasGranted(id)).isFalse();
    }

    @Test
    void whatHasChangedWhileItWasSentIsSentAgain() {
        HoldId id = open();
        Step post = board.next().orElseThrow();
        holds.approve(id, Holds.BO);
        changed(HoldChange.VOTED, id);
        board.done(post, null);

        assertThat(send(null)).isEqualTo(new Step.News(List.of(view(id)), null));
    }

    @Test
    void whatCouldNotBeSentComesAgainAsItThenIs() {
        HoldId first = open();
        HoldId second = open();
        board.again(board.next().orElseThrow());
        holds.deny(first, Holds.BO);
        changed(HoldChange.DECIDED, first);

        assertThat(send(null)).isEqualTo(new Step.Post(view(second)));
        assertThat(send(null)).isEqualTo(new Step.Post(view(first)));
        assertThat(board.next()).isEmpty();
    }

    @Test
    void aSlackThatIsAwayForLongCostsABoundedListAndWhatIsOverGoesFirst() {
        HoldId waiting = open();
        HoldId over = open();
        holds.deny(over, Holds.BO);
        changed(HoldChange.DECIDED, over);
        HoldView sample = view(waiting);
        for (int i = 0; i < 1_999; i++) {
            board.observed(HoldChange.OPENED, renamed(sample, i));
        }

        shows("holdfast_notify_pending{channel=\"slack\"} 2000.0");
        shows("holdfast_notify_dropped_total{channel=\"slack\"} 1.0");
        Step first = board.next().orElseThrow();
        assertThat(first)
                .isInstanceOfSatisfying(
                        Step.Summary.class,
                        summary -> assertThat(summary.holds())
                                .contains(view(waiting))
                                .doesNotContain(view(over)));
    }

    @Test
    void aWaitForALockIsAMessageOfItsOwnBeforeAnythingNewAndItsEndIsToo() {
        HoldId id = open();
        send("17.5");
        open();
        changed(HoldChange.LOCK_WAIT, id);

        Step alarm = board.next().orElseThrow();
        assertThat(alarm).isInstanceOf(Step.Alarm.class);
        board.again(alarm);
        assertThat(board.next()).as("tried again").contains(alarm);
        board.done(alarm, null);
        send(null);
        assertThat(board.next()).as("a webhook's message is not changed for it").isEmpty();
    }

    @Test
    void anEndIsNotToldWhereTheWaitWasNot() {
        HoldId id = open();
        send(null);
        changed(HoldChange.LOCK_WAIT, id);
        changed(HoldChange.LOCK_WAIT_OVER, id);

        assertThat(board.next()).isEmpty();
    }

    private static HoldView renamed(HoldView view, int number) {
        String digits = Integer.toString(number + 1_000, 8).replace('0', '8').replace('1', '9');
        return new HoldView(
                new HoldId("H-" + digits),
                view.request(),
                view.terms(),
                view.state(),
                view.clientWaits(),
                view.votes(),
                view.opened(),
                view.deadline(),
                view.remaining(),
                view.restorePoint(),
                view.outcome(),
                view.note(),
                view.supervision());
    }

    private HoldId open() {
        HoldId id = holds.open(Holds.TWO);
        changed(HoldChange.OPENED, id);
        return id;
    }

    private void changed(HoldChange change, HoldId id) {
        board.observed(change, view(id));
    }

    private Step send(@Nullable String ts) {
        Step step = board.next().orElseThrow();
        board.done(step, ts);
        return step;
    }

    private HoldView view(HoldId id) {
        return holds.service.find(id).orElseThrow();
    }

    private List<HoldView> views(List<HoldId> ids) {
        return ids.stream().map(this::view).toList();
    }

    private void shows(String line) {
        assertThat(Stream.of(meters.prometheusText().split("\n", -1))).contains(line);
    }
}
