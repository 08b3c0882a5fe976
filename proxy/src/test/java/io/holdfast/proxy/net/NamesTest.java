package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress TWO = InetAddress.ofLiteral("fd00::2");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aLiteralAddressIsAskedOfNobody(String literal) throws Exception {
        try (Names names = new Names(this::unknown, LONG)) {
            CompletableFuture<List<InetAddress>> found = names.resolve(literal);
            assertThat(found).isDone();
            assertThat(found.get()).containsExactly(InetAddress.ofLiteral(literal));
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aNameHasAllItsAddressesAndIsLookedUpAnewEachTime() throws Exception {
        try (Names names = new Names(this::both, LONG)) {
            assertThat(get(names.resolve("db1"))).containsExactly(ONE, TWO);
            assertThat(get(names.resolve("db1"))).containsExactly(ONE, TWO);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void manyWhoAskAtOnceShareOneLookUp() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Names.Lookup slow = host -> {
            await(answer);
            return both(host);
        };
        try (Names names = new Names(slow, LONG)) {
            CompletableFuture<List<InetAddress>> first = names.resolve("db1");
            CompletableFuture<List<InetAddress>> second = names.resolve("db1");
            answer.countDown();
            assertThat(get(first)).isEqualTo(get(second));
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aNameThatIsNotThereFails() {
        try (Names names = new Names(this::unknown, LONG)) {
            assertThatThrownBy(() -> get(names.resolve("nowhere.example")))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void aResolverThatHangsIsGivenUpAndServesWhoeverAsksNext() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Names.Lookup hanging = host -> {
            await(answer);
            return both(host);
        };
        try (Names names = new Names(hanging, Duration.ofMillis(20))) {
            assertThatThrownBy(() -> get(names.resolve("db1"))).hasCauseInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> get(names.resolve("db1"))).hasCauseInstanceOf(TimeoutException.class);
            answer.countDown();
            assertThat(asked.get()).isLessThanOrEqualTo(1);
        }
    }

    private InetAddress[] both(String host) {
        asked.incrementAndGet();
        return new InetAddress[] {ONE, TWO};
    }

    private InetAddress[] unknown(String host) throws UnknownHostException {
        asked.incrementAndGet();
        throw new UnknownHostException(host);
    }

    private static List<InetAddress> get(CompletableFuture<List<InetAddress>> found) throws Exception {
        return found.get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody has answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
