package io.holdfast.loadtest.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bars of the rate as a part of the direct connection's, which is a line at 1. A panel for each value of the first of three labels, in
 * it a group for each of the second, in it a bar for each target. An SVG without a script that follows the reader's choice of light
 * or dark.
 */
public final class Chart {
    /** Of the target that all others are compared with. */
    public static final String BASELINE = "direct";

    private static final int MARGIN = 16;
    private static final int TITLE = 22;
    private static final int LEGEND = 26;
    private static final int PANEL = 280;
    private static final int GUTTER = 84;
    private static final int SCALE = 150;
    private static final int BAR = 11;
    private static final int GROUP_GAP = 10;

    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #1f2328 }
            .title { font-weight: 600 }
            .value { font-size: 10px }
            .one { stroke: #59636e; stroke-dasharray: 3 3 }
            .s0 { fill: #0969da } .s1 { fill: #bc4c00 } .s2 { fill: #8250df } .s3 { fill: #1a7f37 } .s4 { fill: #bf3989 } .s5 { fill: #6e7781 }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            .one { stroke: #9198a1 }
            .s0 { fill: #4493f8 } .s1 { fill: #f0883e } .s2 { fill: #ab7df8 } .s3 { fill: #3fb950 } .s4 { fill: #db61a2 } .s5 { fill: #9198a1 }
            }
            </style>
            """;
    private static final int COLOURS = 6;

    private record Bar(String panel, String group, String series, double value) {}

    private final List<Bar> bars;
    private final List<String> series;
    private final double top;

    private Chart(List<Bar> bars) {
        this.bars = bars;
        this.series = bars.stream().map(Bar::series).distinct().toList();
        this.top = Math.max(1, bars.stream().mapToDouble(Bar::value).max().orElse(1));
    }

    /** The chart of a result. */
    public static String svg(Result result) {
        List<Bar> bars = new ArrayList<>();
        for (Row row : result.rows()) {
            List<String> labels = row.labels();
            if (!labels.getLast().equals(BASELINE)) {
                row.median(Metric.OF_DIRECT).ifPresent(value -> bars.add(bar(result.labels(), labels, value)));
            }
        }
        return new Chart(bars).draw(result.name());
    }

    /** A number alone says little, so it has the name of its label behind it. */
    private static Bar bar(List<String> names, List<String> labels, double value) {
        int middle = labels.size() - 1;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < middle; i++) {
            boolean number = labels.get(i).chars().allMatch(Character::isDigit);
            words.add(number ? counted(labels.get(i), names.get(i)) : labels.get(i));
        }
        String panel = words.size() > 1 ? words.removeFirst() : "";
        return new Bar(panel, String.join(", ", words), labels.getLast(), value);
    }

    private static String counted(String number, String things) {
        boolean one = number.equals("1") && things.endsWith("s");
        return number + ' ' + (one ? things.substring(0, things.length() - 1) : things);
    }

    private String draw(String name) {
        Map<String, List<Bar>> panels =
                bars.stream().collect(Collectors.groupingBy(Bar::panel, LinkedHashMap::new, Collectors.toList()));
        StringBuilder body = new StringBuilder();
        int legend = legend(body);
        int tallest = 0;
        int column = 0;
        for (Map.Entry<String, List<Bar>> panel : panels.entrySet()) {
            int left = MARGIN + column++ * PANEL;
            tallest = Math.max(tallest, panel(body, panel.getKey(), panel.getValue(), left));
        }
        int width = Math.max(legend, MARGIN + Math.max(1, column) * PANEL);
        String title = name + ": rate as a part of the direct connection's";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + width + ' '
                + (tallest + MARGIN) + "\" width=\"" + width + "\" height=\"" + (tallest + MARGIN) + "\">\n<title>"
                + escaped(title) + "</title>\n" + STYLE
                + text("title", MARGIN, MARGIN + 8, "start", title) + body + "</svg>\n";
    }

    /** Gives where the next thing to its right may begin. */
    private int legend(StringBuilder body) {
        int left = MARGIN;
        for (int i = 0; i < series.size(); i++) {
            body.append(rectangle(i, left, MARGIN + TITLE, BAR));
            body.append(text("legend", left + BAR + 5, MARGIN + TITLE + BAR - 1, "start", series.get(i)));
            left += BAR + 24 + 7 * series.get(i).length();
        }
        return left;
    }

    /** Gives where it ends. */
    private int panel(StringBuilder body, String name, List<Bar> bars, int left) {
        int begin = MARGIN + TITLE + LEGEND;
        body.append(text("title", left + GUTTER, begin + 8, "start", name));
        int y = begin + GROUP_GAP + 8;
        Map<String, List<Bar>> groups =
                bars.stream().collect(Collectors.groupingBy(Bar::group, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Bar>> group : groups.entrySet()) {
            body.append(text("group", left + GUTTER - 6, y + 10, "end", group.getKey()));
            for (Bar bar : group.getValue().stream()
                    .sorted(Comparator.comparingInt(one -> series.indexOf(one.series)))
                    .toList()) {
                double width = bar.value / top * SCALE;
                body.append(rectangle(series.indexOf(bar.series), left + GUTTER, y, width));
                String value = String.format(Locale.ROOT, "%.2f", bar.value);
                body.append(text("value", left + GUTTER + (int) width + 4, y + BAR - 2, "start", value));
                y += BAR + 1;
            }
            y += GROUP_GAP;
        }
        double one = left + GUTTER + SCALE / top;
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"one\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                one,
                begin + GROUP_GAP + 4,
                one,
                y - GROUP_GAP + 2));
        return y;
    }

    private static String rectangle(int number, int x, int y, double width) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                number % COLOURS,
                x,
                y,
                width,
                BAR);
    }

    private static String text(String style, int x, int y, String anchor, String text) {
        return text.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                        style,
                        x,
                        y,
                        anchor,
                        escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
