package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldBoundsTest {
    @Test
    void noMoreHoldsAreOpenedThanTheLimitAndAnEndedOneMakesRoom() {
        HoldService service = new Holds(new HoldLimits(2, 9, 9, 1_000, 1_000, 10)).service;
        HoldId first = service.open(Holds.request("DROP TABLE a"), Holds.TWO, view -> {})
                .orElseThrow()
                .id();
        service.openDetached(Holds.request("DROP TABLE b"), Holds.TWO);

        assertThat(service.open(Holds.request("DROP TABLE c"), Holds.TWO, view -> {}))
                .isEmpty();
        assertThat(service.openDetached(Holds.request("DROP TABLE c"), Holds.TWO))
                .isEmpty();
        service.withdraw(first, "canceled");
        assertThat(service.openDetached(Holds.request("DROP TABLE c"), Holds.TWO))
                .isPresent();
    }

    @Test
    void textCountsToo() {
        HoldService service = new Holds(new HoldLimits(9, 9, 9, 20, 1_000, 10)).service;
        service.openDetached(Holds.request("DROP TABLE a"), Holds.TWO);

        assertThat(service.openDetached(Holds.request("DROP TABLE b"), Holds.TWO))
                .isEmpty();
    }

    @Test
    void oneUserCannotKeepTheOthersFromAsking() {
        HoldService service = new Holds(new HoldLimits(9, 1, 9, 1_000, 1_000, 10)).service;
        service.openDetached(Holds.request("app", null, "DROP TABLE a"), Holds.TWO);

        assertThat(service.openDetached(Holds.request("app", null, "DROP TABLE b"), Holds.TWO))
                .isEmpty();
        assertThat(service.openDetached(Holds.request("DROP TABLE b"), Holds.TWO))
                .isPresent();
    }

    @Test
    void theOldestEndedHoldsAreForgotten() {
        HoldService service = new Holds(new HoldLimits(9, 9, 2, 1_000, 1_000, 10)).service;
        List<HoldId> ids = new ArrayList<>();
        for (String table : List.of("a", "b", "c")) {
            HoldId id = service.openDetached(Holds.request("DROP TABLE " + table), Holds.TWO)
                    .orElseThrow()
                    .id();
            service.withdraw(id, "canceled");
            ids.add(id);
        }

        assertThat(service.list()).extracting(HoldView::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(service.find(ids.get(0))).isEmpty();
    }

    @Test
    void openOnesAreListedFirst() {
        HoldService service = new Holds().service;
        HoldId ended = service.openDetached(Holds.request("DROP TABLE a"), Holds.TWO)
                .orElseThrow()
                .id();
        HoldId open = service.openDetached(Holds.request("DROP TABLE b"), Holds.TWO)
                .orElseThrow()
                .id();
        service.withdraw(ended, "canceled");

        assertThat(service.list()).extracting(HoldView::id).containsExactly(open, ended);
    }
}
