package io.holdfast.proxy.store;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.ControlStore;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What must be so on every database: two proxies, each with connections of its own, race for every transition. */
abstract class StoreContract {
    private static final int ROUNDS = 25;

    private final Map<HoldId, List<HoldState>> seen =
            new ConcurrentHashMap<>(); // before the proxies, which tell it of what they find
    private final Proxy a = new Proxy(1);
    private final Proxy b = new Proxy(2);

    /** Another set of connections to the same database. */
    abstract ControlStore connect();

    private final class Proxy {
        final FakeTime time = new FakeTime();
        final HoldService holds;

        Proxy(int seed) {
            holds = service(time, seed, HoldLimits.DEFAULT);
            holds.start();
        }

        HoldId open() {
            return holds.open(Holds.request("TRUNCATE account"), TWO, view -> {})
                    .orElseThrow()
                    .id();
        }

        boolean approve(HoldId id, io.holdfast.proxy.approval.Person who) {
            return holds.approve(id, who, Channel.CONSOLE, "gewiß \u0000\ud83d\ude00") instanceof Decision.Accepted;
        }
    }

    private HoldService service(FakeTime time, int seed, HoldLimits limits) {
        return new HoldService(
                connect(),
                Holds.GRANT_TTL,
                limits,
                time.clock(),
                time.timer(),
                new Random(seed + System.nanoTime()),
                List.of((change, view) -> seen.computeIfAbsent(view.id(), id -> new CopyOnWriteArrayList<>())
                        .add(view.state())));
    }

    @Test
    void ofTwoDecisionsThatExcludeEachOtherOneCounts() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = b.open();
            a.approve(id, BO);
            List<Boolean> counted = race(
                    () -> a.approve(id, ANN),
                    () -> b.holds.deny(id, Holds.CLEO, Channel.HTTP, null) instanceof Decision.Accepted);

            assertThat(counted).containsExactlyInAnyOrder(true, false);
            assertOnce(id, counted.get(0) ? HoldState.APPROVED : HoldState.DENIED);
            b.holds.withdraw(id, "end of the round");
        }
    }

    @Test
    void theSamePersonAtBothProxiesIsOnePerson() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = b.open();

            assertThat(race(() -> a.approve(id, BO), () -> b.approve(id, BO))).containsExactlyInAnyOrder(true, false);
            assertThat(state(id)).isEqualTo(HoldState.WAITING);
            b.holds.withdraw(id, "end of the round");
        }
    }

    @Test
    void ofTwoWhoReleaseItAloneAtOnceOneDoesAndTheCountIsOfAllProxies() throws Exception {
        HoldId first = b.open();
        assertThat(race(() -> breaks(a, first), () -> breaks(b, first))).containsExactlyInAnyOrder(true, false);
        assertThat(a.holds.find(first).orElseThrow().votes())
                .extracting(Vote::person, Vote::kind, Vote::reason)
                .containsExactly(tuple("eve", Vote.Kind.BREAK_GLASS, "no colleague answers"));
        assertOnce(first, HoldState.APPROVED);
        b.holds.withdraw(first, "end of the round");

        HoldId second = b.open();
        HoldId third = b.open();
        assertThat(race(() -> breaks(a, second), () -> breaks(b, third))).containsExactlyInAnyOrder(true, false);
        assertThat(breaks(a, b.open())).isFalse();
    }

    private static boolean breaks(Proxy proxy, HoldId id) {
        return proxy.holds.breakGlass(id, Holds.EVE, Channel.HTTP, "no colleague answers") instanceof Decision.Accepted;
    }

    @Test
    void anApprovalAndAWithdrawalLeaveOneOfTheTwo() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = b.open();
            a.approve(id, BO);
            race(() -> a.approve(id, ANN), () -> withdraw(id));

            assertOnce(id, HoldState.WITHDRAWN); // before the approval, or of the approved one
            assertThat(b.holds.claim(id)).isFalse();
        }
    }

    @Test
    void anApprovalAndTheDeadlineLeaveOneOfTheTwo() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = b.open();
            a.approve(id, BO);
            b.time.passSilently(Duration.ofMinutes(30));
            List<Boolean> counted = race(() -> a.approve(id, ANN), () -> b.holds.claim(id));

            assertThat(counted.get(1)).isEqualTo(state(id) == HoldState.RELEASED);
            assertThat(seen.get(id))
                    .filteredOn(state -> state == HoldState.EXPIRED)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(state(id)).isIn(HoldState.EXPIRED, HoldState.RELEASED, HoldState.APPROVED);
            end(id);
        }
    }

    @Test
    void aDenialAndAWithdrawalLeaveOneOfTheTwo() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = b.open();
            List<Boolean> counted = race(
                    () -> a.holds.deny(id, BO, Channel.CONSOLE, null) instanceof Decision.Accepted, () -> withdraw(id));

            assertOnce(id, counted.get(0) ? HoldState.DENIED : HoldState.WITHDRAWN);
        }
    }

    @Test
    void aHoldIsClaimedOnceAndByTheProxyWithTheClient() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = approved();
            List<Boolean> claimed = race(() -> a.holds.claim(id), () -> b.holds.claim(id), () -> b.holds.claim(id));

            assertThat(claimed.get(0)).isFalse();
            assertThat(claimed).containsOnlyOnce(true);
            assertOnce(id, HoldState.RELEASED);
            end(id);
        }
    }

    @Test
    void aClaimAWithdrawalAndADetachmentLeaveOneOfTheThree() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = approved();
            List<Boolean> claimed = race(() -> b.holds.claim(id), () -> withdraw(id), () -> {
                b.holds.detach(id);
                return false;
            });

            HoldState state = state(id);
            assertThat(claimed.get(0)).isEqualTo(state == HoldState.RELEASED);
            assertThat(state).isIn(HoldState.RELEASED, HoldState.WITHDRAWN, HoldState.GRANTED);
            end(id);
        }
    }

    @Test
    void aGrantIsTakenOnceByWhomeverAndWherever() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = granted();

            assertThat(race(() -> take(a), () -> take(b), () -> take(a), () -> take(b)))
                    .containsOnlyOnce(true);
            assertOnce(id, HoldState.RELEASED);
            end(id);
        }
    }

    @Test
    void anOutcomeIsTheProxysOrUnknownNeverBoth() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HoldId id = approved();
            b.holds.claim(id);
            race(
                    () -> {
                        try {
                            b.holds.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(3)));
                            return true;
                        } catch (IllegalStateException e) {
                            return false;
                        }
                    },
                    () -> {
                        b.holds.stop();
                        return true;
                    });
            b.holds.start();

            HoldState state = state(id);
            assertThat(state).isIn(HoldState.EXECUTED, HoldState.UNKNOWN_OUTCOME);
            assertOnce(id, state);
        }
    }

    @Test
    void nothingIsReleasedTwiceWhenTwoHundredAreDecidedFromBothSides() throws Exception {
        List<HoldId> ids = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            ids.add(b.open());
        }
        race(() -> approveAll(a, ids, BO), () -> approveAll(b, ids, ANN), () -> approveAll(a, ids.reversed(), ANN));

        for (HoldId id : ids) {
            assertThat(b.holds.claim(id)).isTrue();
            assertThat(b.holds.find(id).orElseThrow().approvals()).isEqualTo(2);
            assertOnce(id, HoldState.RELEASED);
            end(id);
        }
    }

    @Test
    void nothingOfAHoldIsLostOnTheWay() {
        HoldRequest sent = Holds.request("app", null, "DROP TABLE \"ö\u0001\ud83d\ude00\" -- " + "x".repeat(100_000));
        HoldView opened = b.holds.openDetached(sent, Holds.DELAYED).orElseThrow();
        a.approve(opened.id(), BO);
        a.approve(opened.id(), ANN);
        HoldView seenThere = a.holds.find(opened.id()).orElseThrow();

        assertThat(seenThere.request()).isEqualTo(sent);
        assertThat(seenThere.terms()).isEqualTo(Holds.DELAYED);
        assertThat(seenThere.state()).isEqualTo(HoldState.GRANTED);
        assertThat(seenThere.votes()).extracting(vote -> vote.person()).containsExactly("bo", "ann");
        assertThat(seenThere.votes().getFirst().reason()).isEqualTo("gewiß \u0000\ud83d\ude00");
        assertThat(b.holds.find(opened.id()).orElseThrow().request()).isEqualTo(sent);
        assertThat(a.holds.takeGrant("app", null, "shop", sent.fingerprint())).contains(opened.id());
        Outcome failed = new Outcome.Failed("55P03", "could not obtain lock", Duration.ofNanos(1_234_567));
        a.holds.executed(opened.id(), failed);
        assertThat(b.holds.find(opened.id()).orElseThrow().outcome()).isEqualTo(failed);
    }

    @Test
    void passwordsAreNotKept() {
        HoldId id = b.holds
                .openDetached(Holds.request("ALTER ROLE dev PASSWORD 's3cret'"), TWO)
                .orElseThrow()
                .id();

        assertThat(a.holds.find(id).orElseThrow().request().text()).isEqualTo("ALTER ROLE dev PASSWORD '<redacted>'");
    }

    @Test
    void theOldestThatHaveEndedAreForgotten() {
        HoldService few = service(new FakeTime(), 3, new HoldLimits(200, 200, 2, 1 << 20, 1 << 20, 100));
        few.start();
        List<HoldId> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HoldId id = few.openDetached(Holds.request("DROP TABLE t" + i), TWO)
                    .orElseThrow()
                    .id();
            few.withdraw(id, "canceled");
            ids.add(id);
        }

        assertThat(few.list().stream().filter(hold -> hold.state().isFinal()))
                .extracting(HoldView::id)
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(few.find(ids.get(0))).isEmpty();
    }

    private static boolean approveAll(Proxy proxy, List<HoldId> ids, io.holdfast.proxy.approval.Person who) {
        ids.forEach(id -> proxy.approve(id, who));
        return true;
    }

    private HoldId approved() {
        HoldId id = b.open();
        a.approve(id, BO);
        a.approve(id, ANN);
        b.holds.catchUp();
        return id;
    }

    private HoldId granted() {
        HoldId id = b.holds
                .openDetached(Holds.request("TRUNCATE account"), TWO)
                .orElseThrow()
                .id();
        a.approve(id, BO);
        a.approve(id, ANN);
        return id;
    }

    private static boolean take(Proxy proxy) {
        return proxy.holds
                .takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"))
                .isPresent();
    }

    private boolean withdraw(HoldId id) {
        b.holds.withdraw(id, "canceled");
        return false;
    }

    private HoldState state(HoldId id) {
        return a.holds.find(id).orElseThrow().state();
    }

    /** Makes room for the next round. */
    private void end(HoldId id) {
        switch (state(id)) {
            case RELEASED -> b.holds.executed(id, new Outcome.Unknown());
            case GRANTED -> {
                take(b);
                b.holds.executed(id, new Outcome.Unknown());
            }
            default -> b.holds.withdraw(id, "end of the round");
        }
    }

    /** The hold is in this state, and some proxy has told its observers so once. */
    private void assertOnce(HoldId id, HoldState state) {
        assertThat(state(id)).isEqualTo(state);
        assertThat(seen.get(id)).containsOnlyOnce(state);
    }

    /** Gives whether it has won. */
    private interface Runner extends Callable<Boolean> {}

    private static List<Boolean> race(Runner... runners) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners.length);
        try (ExecutorService pool = Executors.newFixedThreadPool(runners.length)) {
            List<Future<Boolean>> running = Arrays.stream(runners)
                    .map(runner -> pool.submit(() -> {
                        start.await();
                        return runner.call();
                    }))
                    .toList();
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
