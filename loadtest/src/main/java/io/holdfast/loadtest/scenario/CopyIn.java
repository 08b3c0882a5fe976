package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Targets;
import io.holdfast.loadtest.rig.Terms;
import io.holdfast.protocol.message.FrontendWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * 11-copy-in: a gigabyte to the server by COPY, in a frame for each line or in frames of many lines. The server reads every line and
 * drops it, so that its disk is not what is measured.
 */
final class CopyIn implements Scenario {
    private static final String LINES = "lines";
    private static final String BLOCKS = "blocks";
    private static final long MEGABYTE = 1_000_000;
    private static final int WARM_UP = 20;

    private static final String SQL = "COPY sink FROM STDIN WHERE false";
    private static final byte[] LINE = ("x".repeat(99) + '\n').getBytes(StandardCharsets.US_ASCII);
    private static final int LINES_AT_ONCE = 640;

    @Override
    public String question() {
        return "How fast does much data go in?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("frames", LINES + ',' + BLOCKS)
                .and("megabytes", "1000")
                .and("rounds", "3")
                .and("only", "relay,holdfast,haproxy,pgbouncer");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> kinds = options.words("frames", List.of(LINES, BLOCKS));
        List<Kind> only =
                options.words("only", Kind.choices()).stream().map(Kind::of).toList();
        int megabytes = options.number("megabytes");
        int rounds = options.number("rounds");
        List<Row> rows = new ArrayList<>();
        try (Servers servers = Servers.start(Servers.Plan.primary(only.size()));
                Targets targets = Targets.start(only, scratch, servers, Terms.plain(options.jvm()))) {
            servers.sql("CREATE TABLE sink (line text)", "GRANT INSERT ON sink TO " + Servers.USER);
            Comparison comparison = new Comparison(targets.all(), Unit.GIGABYTE);
            for (String kind : kinds) {
                byte[] frames = frames(kind.equals(LINES) ? 1 : LINES_AT_ONCE);
                long times = Math.max(1, megabytes * MEGABYTE / frames.length);
                rows.addAll(comparison.rows(
                        List.of(kind),
                        rounds,
                        (target, warmUp) -> Bulk.measure(
                                target,
                                client -> client.copyIn(SQL, frames, warmUp ? Math.max(1, times / WARM_UP) : times))));
            }
            return new Findings(List.of("frames", "target"), Bulk.METRICS, rows, Notes.of(targets), servers.version());
        }
    }

    /** As many lines as are written at once, so many of them in each frame. */
    private static byte[] frames(int linesInEach) {
        byte[] data = new byte[LINE.length * linesInEach];
        for (int i = 0; i < linesInEach; i++) {
            System.arraycopy(LINE, 0, data, i * LINE.length, LINE.length);
        }
        ByteBuf frames = Unpooled.buffer();
        for (int lines = 0; lines < LINES_AT_ONCE; lines += linesInEach) {
            FrontendWriter.copyData(frames, data);
        }
        return ByteBufUtil.getBytes(frames);
    }
}
