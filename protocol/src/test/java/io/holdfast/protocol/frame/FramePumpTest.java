package io.holdfast.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramePumpTest {
    private static final FrameLimits ANY = tag -> 1000;

    private final FramePump pump = new FramePump(ANY);
    private final RecordingSink sink = new RecordingSink();
    private final ByteBuf in = Unpooled.buffer();

    @AfterEach
    void everythingIsReleased() {
        sink.runs().forEach(ByteBuf::release);
        in.release();
        assertThat(in.refCnt()).isZero();
        assertThat(sink.runs()).allSatisfy(run -> assertThat(run.refCnt()).isZero());
    }

    @Test
    void neighbouringForwardedFramesLeaveAsOneSlice() {
        frame('F', 3);
        frame('F', 0);
        frame('F', 7);
        pump.pump(in, sink);
        assertThat(sink.runs()).hasSize(1);
        assertThat(sink.runs().getFirst().readableBytes()).isEqualTo(8 + 5 + 12);
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void aCollectedFrameComesBehindTheForwardedOnesBeforeIt() {
        frame('F', 1);
        frame('C', 0);
        frame('F', 0);
        pump.pump(in, sink);
        assertThat(sink.log()).isEqualTo("""

                forward 460000000500
                collect 4300000004
                end
                forward 4600000004""");
    }

    @Test
    void aDroppedFrameIsNotSeen() {
        frame('D', 30);
        pump.pump(in, sink);
        assertThat(sink.log()).isEmpty();
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void aWaitingFrameStaysInPlaceWithAllThatFollows() {
        frame('F', 1);
        frame('W', 2);
        frame('C', 0);
        pump.pump(in, sink);
        assertThat(sink.log()).isEqualTo("\nforward 460000000500");
        assertThat(in.readableBytes()).isEqualTo(7 + 5);
        assertThat(pump.atBoundary()).isTrue();

        sink.stopWaiting();
        pump.pump(in, sink);
        assertThat(sink.log()).endsWith("57000000060001\ncollect 4300000004\nend");
    }

    @Test
    void anIncompleteHeaderStaysInPlaceAndNothingIsAsked() {
        in.writeByte('F').writeMedium(0);
        pump.pump(in, sink);
        assertThat(in.readableBytes()).isEqualTo(4);
        assertThat(sink.headers()).isZero();
        assertThat(pump.atBoundary()).isTrue();
    }

    @Test
    void aHalfDoneFrameIsNoBoundary() {
        in.writeByte('F').writeInt(10).writeByte(1);
        pump.pump(in, sink);
        assertThat(pump.atBoundary()).isFalse();
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void theSinkMayMakeTheNextFrameWaitWhileItCollectsTheLastPart() {
        List<String> order = new ArrayList<>();
        frame('C', 2);
        frame('C', 1);
        pump.pump(in, new FrameSink() {
            private boolean holding;

            @Override
            public FrameAction onHeader(byte tag, int bodyLength) {
                order.add("header " + bodyLength);
                return holding ? FrameAction.WAIT : FrameAction.COLLECT;
            }

            @Override
            public void forward(ByteBuf run) {
                throw new AssertionError("nothing to forward");
            }

            @Override
            public void collect(ByteBuf part, boolean last) {
                order.add("collect");
                holding = last;
            }
        });
        assertThat(order).containsExactly("header 2", "collect", "header 1");
        assertThat(in.readableBytes()).isEqualTo(6);
    }

    @Test
    void collectedPartsAreNotRetained() {
        frame('C', 20);
        pump.pump(in, sink);
        assertThat(in.refCnt()).isEqualTo(1);
    }

    @Test
    void everySplitInTwoGivesTheSameFrames() {
        byte[] all = randomFrames(new Random(1), 12);
        String whole = play(all, all.length);
        for (int split = 0; split <= all.length; split++) {
            assertThat(playInTwo(all, split)).as("split at %d", split).isEqualTo(whole);
        }
    }

    @Test
    void everyChunkSizeGivesTheSameFrames() {
        byte[] all = randomFrames(new Random(2), 400);
        String whole = play(all, all.length);
        IntStream.of(1, 2, 3, 4, 5, 6, 7, 64, 1000)
                .forEach(size -> assertThat(play(all, size))
                        .as("%d bytes at a time", size)
                        .isEqualTo(whole));
    }

    @Test
    void aLengthBelowFourIsAViolation() {
        in.writeByte('F').writeInt(3);
        assertThatThrownBy(() -> pump.pump(in, sink))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("length: 3 (expected: 4..1000)");
    }

    @Test
    void aLengthAboveTheLimitIsAViolationBeforeAnythingIsAsked() {
        in.writeByte('F').writeInt(1001);
        assertThatThrownBy(() -> pump.pump(in, sink)).hasMessage("length: 1001 (expected: 4..1000)");
        assertThat(sink.headers()).isZero();
    }

    @Test
    void aNegativeLengthIsAViolation() {
        in.writeByte('F').writeInt(-1);
        assertThatThrownBy(() -> pump.pump(in, sink)).hasMessage("length: -1 (expected: 4..1000)");
    }

    @Test
    void framesBeforeAViolationStillLeave() {
        frame('F', 1);
        in.writeByte('F').writeInt(0);
        assertThatThrownBy(() -> pump.pump(in, sink)).isInstanceOf(ProtocolViolation.class);
        assertThat(sink.log()).isEqualTo("\nforward 460000000500");
    }

    @Test
    void framesLikeAStreamedOneAreNotAskedFor() {
        frame('S', 3);
        frame('S', 0);
        frame('S', 7);
        pump.pump(in, sink);
        assertThat(sink.headers()).isEqualTo(1);
        assertThat(sink.runs()).hasSize(1);
        assertThat(sink.runs().getFirst().readableBytes()).isEqualTo(8 + 5 + 12);
        assertThat(pump.atBoundary()).isTrue();
    }

    @Test
    void aFrameOfAnotherTypeEndsAStream() {
        frame('S', 1);
        frame('S', 1);
        frame('C', 0);
        frame('S', 0);
        pump.pump(in, sink);
        assertThat(sink.headers()).isEqualTo(3);
        assertThat(sink.log()).isEqualTo("""

                forward 530000000500530000000500
                collect 4300000004
                end
                forward 5300000004""");
    }

    @Test
    void theNextBufferAsksAgain() {
        frame('S', 1);
        pump.pump(in, sink);
        frame('S', 1);
        pump.pump(in, sink);
        assertThat(sink.headers()).isEqualTo(2);
    }

    @Test
    void aStreamedFrameThatIsCutLeavesInParts() {
        frame('S', 1);
        write(in, 'S', 9);
        in.writerIndex(in.writerIndex() - 2);
        pump.pump(in, sink);
        assertThat(sink.headers()).isEqualTo(2);
        assertThat(in.isReadable()).isFalse();
        assertThat(pump.atBoundary()).isFalse();
    }

    @Test
    void aStreamEndsBeforeALengthThatIsNone() {
        frame('S', 1);
        frame('S', 0);
        in.writeByte('S').writeInt(1001);
        assertThatThrownBy(() -> pump.pump(in, sink)).hasMessage("length: 1001 (expected: 4..1000)");
        assertThat(sink.log()).isEqualTo("\nforward 5300000005005300000004");
    }

    private void frame(char tag, int bodyLength) {
        write(in, tag, bodyLength);
    }

    private static void write(ByteBuf out, char tag, int bodyLength) {
        out.writeByte(tag).writeInt(bodyLength + 4);
        for (int i = 0; i < bodyLength; i++) {
            out.writeByte(i);
        }
    }

    private static byte[] randomFrames(Random random, int count) {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            write(out, "FFFSSSSCD".charAt(random.nextInt(9)), random.nextInt(12));
        }
        byte[] bytes = ByteBufUtil.getBytes(out);
        out.release();
        return bytes;
    }

    private static String playInTwo(byte[] all, int split) {
        return play(all, split, all.length);
    }

    private static String play(byte[] all, int chunk) {
        return play(
                all,
                IntStream.iterate(chunk, end -> end + chunk)
                        .limit(all.length / chunk + 1)
                        .map(end -> Math.min(end, all.length))
                        .toArray());
    }

    /** Lets the bytes arrive up to each of the given ends, in one growing buffer. */
    private static String play(byte[] all, int... ends) {
        FramePump pump = new FramePump(ANY);
        RecordingSink sink = new RecordingSink();
        ByteBuf in = Unpooled.buffer();
        int from = 0;
        for (int end : ends) {
            in.writeBytes(all, from, end - from);
            from = end;
            pump.pump(in, sink);
        }
        assertThat(in.isReadable()).isFalse();
        assertThat(pump.atBoundary()).isTrue();
        sink.runs().forEach(ByteBuf::release);
        in.release();
        assertThat(in.refCnt()).isZero();
        return sink.log();
    }
}
