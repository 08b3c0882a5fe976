package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CumulationTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Cumulation cumulation = new Cumulation();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void everythingIsReleased() {
        cumulation.release();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void whatTheReaderTakesIsGone() {
        cumulation.add(bytes("ab"), allocator, this::takeAll);
        assertThat(cumulation.isEmpty()).isTrue();
        cumulation.add(bytes("c"), allocator, this::takeAll);
        assertThat(seen).containsExactly("ab", "c");
    }

    @Test
    void whatItLeavesComesAgainWithMoreBehindIt() {
        cumulation.add(bytes("ab"), allocator, all -> seen.add(string(all.readSlice(1))));
        assertThat(cumulation.size()).isEqualTo(1);
        cumulation.add(bytes("cd"), allocator, this::takeAll);
        assertThat(seen).containsExactly("a", "bcd");
    }

    @Test
    void aSliceThatIsStillOnItsWayKeepsItsBytes() {
        List<ByteBuf> sent = new ArrayList<>();
        cumulation.add(bytes("abc"), allocator, all -> sent.add(all.readRetainedSlice(1)));
        for (int i = 0; i < 1000; i++) {
            cumulation.add(bytes("x"), allocator, _ -> {});
        }
        assertThat(string(sent.getFirst())).isEqualTo("a");
        assertThat(cumulation.size()).isEqualTo(1002);
        sent.getFirst().release();
    }

    @Test
    void bytesThatComeWhileTheReaderReadsAreShownWhenItReturns() {
        cumulation.add(bytes("a"), allocator, all -> {
            takeAll(all);
            if (seen.size() == 1) {
                cumulation.add(bytes("b"), allocator, _ -> seen.add("another reader"));
            }
        });
        assertThat(String.join("", seen)).isEqualTo("ab");
    }

    @Test
    void aReaderMayReleaseWhatItReads() {
        cumulation.add(bytes("abc"), allocator, all -> {
            cumulation.release();
            seen.add(string(all)); // still there until it returns
        });
        assertThat(seen).containsExactly("abc");
        assertThat(cumulation.isEmpty()).isTrue();
    }

    @Test
    void aReaderThatFailsLeavesWhatItHasNotRead() {
        try {
            cumulation.add(bytes("abc"), allocator, all -> {
                all.skipBytes(1);
                throw new IllegalStateException("reader");
            });
        } catch (IllegalStateException expected) {
            seen.add("failed");
        }
        cumulation.read(this::takeAll);
        assertThat(seen).containsExactly("failed", "bc");
    }

    @Test
    void whatIsTakenIsTheCallers() {
        cumulation.add(bytes("abc"), allocator, _ -> {});
        ByteBuf taken = Objects.requireNonNull(cumulation.take());
        assertThat(cumulation.isEmpty()).isTrue();
        assertThat(string(taken)).isEqualTo("abc");
        taken.release();
    }

    private void takeAll(ByteBuf all) {
        seen.add(string(all.readSlice(all.readableBytes())));
    }

    private ByteBuf bytes(String text) {
        return ByteBufUtil.writeAscii(allocator, text);
    }

    private static String string(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
