package io.holdfast.proxy.demo;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Shows the tour as it happens; every line says whose terminal it is on. */
final class Screen {
    private static final String LANE = "  %-5s";

    private final PrintWriter out;
    private final Ansi ansi;

    Screen(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void title(int number, String title) {
        out.println();
        out.println(ansi.string("@|bold " + number + ". " + title + "|@"));
        out.println();
        out.flush();
    }

    /** What somebody has typed, after psql's prompt. */
    void typed(String who, String database, String text) {
        out.println(LANE.formatted(who) + database + "=> " + ansi.string("@|cyan " + text + "|@"));
        out.flush();
    }

    /** What came back, or what somebody sees. */
    void shown(String who, List<String> lines) {
        lines.forEach(line -> out.println((LANE.formatted(who) + line).stripTrailing()));
        out.flush();
    }

    /** A promise that was kept. */
    void kept(String promise) {
        out.println(LANE.formatted("") + ansi.string("@|green ok:|@ ") + promise);
        out.flush();
    }

    /** The last word. */
    void end(String text) {
        out.println();
        out.println(text);
        out.flush();
    }
}
