package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManyDecisionsTest {
    private final Holds holds = new Holds();

    @Test
    void eachHasItsOwnAnswerAndARefusedOneKeepsNoOtherBack() {
        HoldId own = holds.service
                .openDetached(Holds.request("bo", "bo", "DROP TABLE a"), TWO)
                .orElseThrow()
                .id();
        HoldId other = holds.open(TWO);
        HoldId third = holds.open(TWO);

        List<String> answers = approve(List.of(own.text(), "what?", other.text(), other.text(), third.text()));

        assertThat(answers)
                .containsExactly(
                        own + ": nobody decides their own request",
                        "what?: no such hold",
                        other + ": waiting 1",
                        other + ": you have approved it already; another person must",
                        third + ": waiting 1");
    }

    @Test
    void onceTheStoreIsSilentTheRestIsNotTried() {
        HoldId first = holds.open(TWO);
        HoldId second = holds.open(TWO);
        holds.store.losesAnswer = true;
        List<String> answers = approve(List.of(first.text(), second.text()));

        assertThat(answers)
                .containsExactly(
                        first + ": the control store does not answer: it may have counted, or not",
                        second + ": not tried, because the control store does not answer");
        assertThat(holds.service.find(second).orElseThrow().votes()).isEmpty();
    }

    private List<String> approve(List<String> ids) {
        return ManyDecisions.of(ids, id -> holds.approve(id, BO)).stream()
                .map(one -> one.typed() + ": "
                        + one.counted()
                                .map(hold -> hold.state().label() + ' ' + hold.approvals())
                                .orElse(one.why()))
                .toList();
    }
}
