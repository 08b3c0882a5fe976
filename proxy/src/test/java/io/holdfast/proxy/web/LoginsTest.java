package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private final FakeTime time = new FakeTime();
    private final Map<String, Person> people =
            new HashMap<>(Map.of(Tokens.hash("b"), Holds.BO, Tokens.hash("a"), Holds.ANN));
    private final Logins logins = new Logins(
            hash -> Optional.ofNullable(people.get(hash)), time.clock().nanoTime(), new Random(42));

    private String open(String token) {
        return logins.open(token).orElseThrow();
    }

    @Test
    void aLoginIsItsPersonsAndHasAFormTokenOfItsOwn() {
        Login first = logins.use(open("b")).orElseThrow();
        Login second = logins.use(open("b")).orElseThrow();
        assertThat(first.person()).isEqualTo(Holds.BO);
        assertThat(first.hasSent(first.formToken())).isTrue();
        assertThat(first.hasSent(second.formToken())).isFalse();
        assertThat(first.hasSent(null)).isFalse();
        assertThat(logins.open("nobody")).isEmpty();
        assertThat(logins.use("nobody")).isEmpty();
    }

    @Test
    void itEndsWhenItIsNotUsed() {
        String id = open("b");
        time.pass(Logins.IDLE.minusSeconds(1));
        assertThat(logins.use(id)).isPresent();
        time.pass(Logins.IDLE.minusSeconds(1));
        assertThat(logins.look(id)).isPresent(); // which is no use
        time.pass(Duration.ofSeconds(1));
        assertThat(logins.look(id)).isEmpty();
        assertThat(logins.use(id)).isEmpty();
    }

    @Test
    void itEndsAfterAShiftHoweverItIsUsed() {
        String id = open("b");
        Duration step = Duration.ofHours(1);
        for (Duration passed = step; passed.compareTo(Logins.LONGEST) < 0; passed = passed.plus(step)) {
            time.pass(step);
            assertThat(logins.use(id)).isPresent();
        }
        time.pass(step);
        assertThat(logins.use(id)).isEmpty();
    }

    @Test
    void whoLosesTheTokenLosesTheLogin() {
        String id = open("b");
        String other = open("a");
        people.remove(Tokens.hash("b"));
        assertThat(logins.use(id)).isEmpty();
        people.put(Tokens.hash("b"), Holds.BO);
        assertThat(logins.use(id))
                .as("a login that has ended does not come back")
                .isEmpty();
        assertThat(logins.use(other)).isPresent();
    }

    @Test
    void whatAPersonMayDoIsAskedEachTime() {
        String id = open("b");
        people.put(Tokens.hash("b"), Holds.DEV);
        assertThat(logins.use(id).orElseThrow().person().mayApprove()).isFalse();
    }

    @Test
    void onePersonsManyLoginsEndOneAnotherOnly() {
        String ann = open("a");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < Logins.MOST_PER_PERSON; i++) {
            ids.add(open("b"));
        }
        logins.use(ids.getFirst());
        open("b");
        assertThat(logins.look(ids.get(1))).as("used least recently").isEmpty();
        assertThat(logins.look(ids.getFirst())).isPresent();
        assertThat(logins.look(ann)).isPresent();
    }

    @Test
    void thereIsALimitToAll() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i <= Logins.MOST; i++) {
            String token = "t" + i;
            people.put(Tokens.hash(token), Holds.BO);
            ids.add(open(token));
        }
        assertThat(logins.look(ids.getFirst())).isEmpty();
        assertThat(logins.look(ids.get(1))).isPresent();
        assertThat(logins.look(ids.getLast())).isPresent();
    }
}
