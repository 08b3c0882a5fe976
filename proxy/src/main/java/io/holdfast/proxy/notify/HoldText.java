package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.console.TextLines;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.statement.LiteralMask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement and its values as they may be seen in Slack, and what must be said about that. Pure.
 *
 * @param pages of the text, escaped
 * @param left characters that did not fit
 * @param values as markup, empty if there are none
 * @param remarks as markup, each a sentence
 */
record HoldText(List<String> pages, int left, String values, List<String> remarks) {
    /** Slack takes about 12,000 characters in all, which it does not document; everything else needs some, too. */
    private static final int MOST_PAGES = 2;

    private static final int PAGE_CHARS = 2_000;
    private static final int VALUES_CHARS = 1_000;
    private static final int VALUE_CHARS = 200;

    static HoldText of(HoldRequest request, boolean mask) {
        String text = mask ? LiteralMask.of(request.text()) : request.text();
        String redacted = SecretRedactor.redactSql(text);
        List<String> remarks = new ArrayList<>();
        long hidden = Visible.hiddenIn(redacted);
        if (hidden > 0) {
            remarks.add(hidden + " characters are not printable ASCII; they stand as `&lt;U+...&gt;`.");
        }
        if (mask) {
            remarks.add("Constants and values are masked.");
        } else if (!redacted.equals(text)) {
            remarks.add("Secrets are not shown.");
        }
        SlackText.Pages pages = SlackText.pages(visible(redacted), PAGE_CHARS, MOST_PAGES);
        return new HoldText(pages.pages(), pages.left(), values(request, mask), List.copyOf(remarks));
    }

    boolean isWhole() {
        return left == 0;
    }

    /** Line by line, so that many blank ones cannot push the rest out of sight. */
    private static String visible(String text) {
        return TextLines.of(text).stream()
                .map(line -> line.number().indexOf('-') < 0 ? line.text() : "(lines " + line.number() + " are blank)")
                .collect(Collectors.joining("\n"));
    }

    private static String values(HoldRequest request, boolean mask) {
        int count = request.values().size();
        if (count == 0 || mask) {
            return count == 0 ? "" : count + (count == 1 ? " value, masked" : " values, masked");
        }
        List<String> lines = new ArrayList<>();
        for (BoundValue value : request.values()) {
            String text = value.text();
            String shown = text == null ? "NULL" : SlackText.value(SecretRedactor.redactValue(text), VALUE_CHARS);
            lines.add(request.label(value) + " = " + shown);
        }
        return SlackText.lines(lines, VALUES_CHARS);
    }
}
