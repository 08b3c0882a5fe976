package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HoldRaceTest {
    private static final int ROUNDS = 300;
    private static final int THREADS = 8;

    private final Holds holds = new Holds();
    private final HoldService service = holds.service;

    @Test
    void ofClaimsAndWithdrawalsExactlyOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HoldId id = holds.open(Holds.TWO);
            holds.approve(id, Holds.BO);
            holds.approve(id, Holds.ANN);

            long claims = count(together(thread -> () -> {
                if (thread % 2 == 0) {
                    return service.claim(id);
                }
                service.withdraw(id, "canceled");
                return false;
            }));

            assertThat(holds.state(id)).isEqualTo(claims == 1 ? HoldState.RELEASED : HoldState.WITHDRAWN);
            assertThat(claims).isLessThanOrEqualTo(1);
            if (claims == 1) {
                service.executed(id, new Outcome.Unknown());
            }
        }
    }

    @Test
    void aGrantIsTakenOnceHoweverManyAsk() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HoldId id = holds.openDetached(Holds.TWO);
            holds.approve(id, Holds.BO);
            holds.approve(id, Holds.ANN);

            long taken = count(together(
                    thread -> () -> service.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"))
                            .isPresent()));

            assertThat(taken).isEqualTo(1);
            service.executed(id, new Outcome.Unknown());
        }
    }

    @Test
    void ofApprovalsByTheSamePersonAtTheSameTimeOneCounts() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HoldId id = holds.open(Holds.TWO);

            long accepted = count(together(thread -> () -> holds.approve(id, Holds.BO) instanceof Decision.Accepted));

            assertThat(accepted).isEqualTo(1);
            assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
            service.withdraw(id, "canceled");
        }
    }

    private interface PerThread {
        Callable<Boolean> action(int thread);
    }

    private static List<Boolean> together(PerThread work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> running = new ArrayList<>();
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                Callable<Boolean> action = work.action(i);
                running.add(pool.submit(() -> {
                    start.await();
                    return action.call();
                }));
            }
            for (Future<Boolean> one : running) {
                results.add(one.get());
            }
        }
        return results;
    }

    private static long count(List<Boolean> results) {
        return results.stream().filter(result -> result).count();
    }
}
