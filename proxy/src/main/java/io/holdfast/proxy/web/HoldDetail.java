package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.console.HoldSheet;
import io.holdfast.proxy.console.HoldSheet.Part;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.Labels;
import io.holdfast.proxy.console.TextLines;
import io.holdfast.proxy.console.Visible;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All of one hold: what SHOW HOLD tells, part by part, so that nothing is missing here that is there.
 *
 * @param lines of the text, all of them
 * @param warnings about the text
 * @param about the text: length and identity
 * @param statements what each does, names, depends on
 * @param impact what was measured on the servers
 * @param asks who, from where, in which state of the session
 * @param standing state, terms, times
 * @param undo how, in a line; null: it has not run
 * @param problem why the decision that was sent does not count; null: none was sent, or it does
 * @param form what the viewer may do; null: nothing, since it does not wait any more
 * @param cancelled who has ended it while it ran; null: nobody
 * @param cancel what the viewer may do while it runs; null: nothing, since it does not
 * @param isComplete false: somebody still finds out about it
 */
record HoldDetail(
        HoldCard card,
        List<Line> lines,
        List<String> warnings,
        List<Row> about,
        List<Row> statements,
        List<Row> impact,
        List<Row> values,
        List<Row> asks,
        List<Row> standing,
        List<Said> votes,
        @Nullable String undo,
        @Nullable String problem,
        @Nullable DecisionForm form,
        @Nullable String cancelled,
        @Nullable CancelForm cancel,
        boolean isComplete) {

    /** A name and its value; no pieces: SQL NULL, or nothing. */
    record Row(String name, List<Piece> value) {}

    /** A line of the text with its number, or a run of blank ones with its numbers. */
    record Line(String number, List<Piece> text) {}

    /**
     * Somebody's decision.
     *
     * @param did in the past tense
     * @param reason null: none given
     * @param how when and where
     */
    record Said(
            String person,
            boolean approves,
            String did,
            @Nullable String reason,
            String how) {}

    static HoldDetail of(
            HoldView hold,
            Known known,
            @Nullable String problem,
            @Nullable DecisionForm form,
            @Nullable CancelForm cancel) {
        return new HoldDetail(
                HoldCard.of(hold),
                HoldSheet.lines(hold).stream().map(HoldDetail::line).toList(),
                rows(Part.ABOUT_TEXT, hold, known).stream()
                        .filter(HoldDetail::isWarning)
                        .map(row -> Objects.requireNonNullElse(row.get(1), ""))
                        .toList(),
                rows(Part.ABOUT_TEXT, hold, known).stream()
                        .filter(row -> !isWarning(row))
                        .map(HoldDetail::row)
                        .toList(),
                of(Part.STATEMENTS, hold, known),
                of(Part.IMPACT, hold, known),
                of(Part.VALUES, hold, known),
                of(Part.REQUESTER, hold, known),
                of(Part.STANDING, hold, known),
                hold.votes().stream().map(HoldDetail::said).toList(),
                HoldSheet.undo(hold).orElse(null),
                problem,
                form,
                HoldSheet.cancelled(hold).orElse(null),
                cancel,
                known.isComplete());
    }

    private static List<Row> of(Part part, HoldView hold, Known known) {
        return rows(part, hold, known).stream().map(HoldDetail::row).toList();
    }

    private static List<List<@Nullable String>> rows(Part part, HoldView hold, Known known) {
        return HoldSheet.part(part, hold, known);
    }

    private static boolean isWarning(List<@Nullable String> row) {
        return "warning".equals(row.get(0));
    }

    private static Row row(List<@Nullable String> row) {
        String value = row.get(1);
        return new Row(Objects.requireNonNullElse(row.get(0), ""), value == null ? List.of() : Piece.of(value));
    }

    private static Line line(TextLines.Line line) {
        return new Line(line.number(), Piece.of(line.text()));
    }

    private static Said said(Vote vote) {
        return new Said(
                Visible.name(vote.person()),
                vote.approves(),
                switch (vote.kind()) {
                    case APPROVE -> "approved";
                    case DENY -> "denied";
                    case BREAK_GLASS -> "broke the glass, and released it alone";
                },
                vote.reason() == null ? null : Visible.name(vote.reason()),
                HoldCard.when(vote.at()) + ", " + Labels.of(vote.channel()));
    }
}
