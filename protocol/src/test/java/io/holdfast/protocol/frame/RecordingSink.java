package io.holdfast.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** Decides by tag letter and writes down what it gets, with neighbouring deliveries of one kind joined. */
final class RecordingSink implements FrameSink {
    private final StringBuilder log = new StringBuilder();
    private final List<ByteBuf> runs = new ArrayList<>();
    private String kind = "";
    private boolean waits = true;
    private int headers;

    /** From now on a W frame is forwarded. */
    void stopWaiting() {
        waits = false;
    }

    String log() {
        return log.toString();
    }

    int headers() {
        return headers;
    }

    List<ByteBuf> runs() {
        return runs;
    }

    @Override
    public FrameAction onHeader(byte tag, int bodyLength) {
        headers++;
        return switch (tag) {
            case 'C' -> FrameAction.COLLECT;
            case 'D' -> FrameAction.DROP;
            case 'S' -> FrameAction.STREAM;
            case 'W' -> waits ? FrameAction.WAIT : FrameAction.FORWARD;
            default -> FrameAction.FORWARD;
        };
    }

    @Override
    public void forward(ByteBuf run) {
        runs.add(run);
        write("forward ", ByteBufUtil.hexDump(run));
    }

    @Override
    public void collect(ByteBuf part, boolean last) {
        write("collect ", ByteBufUtil.hexDump(part));
        if (last) {
            write("end", "");
            kind = "";
        }
    }

    private void write(String what, String hex) {
        if (!kind.equals(what)) {
            log.append('\n').append(what);
            kind = what;
        }
        log.append(hex);
    }
}
