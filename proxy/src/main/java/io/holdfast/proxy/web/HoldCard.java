package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.console.HoldRows;
import io.holdfast.proxy.console.HoldSheet;
import io.holdfast.proxy.console.Times;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.statement.StatementFacts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A hold in a list.
 *
 * @param state in a word or two
 * @param tone its colour: wait, go, done, bad, past
 * @param asker a person, or a PostgreSQL user who belongs to none
 * @param database connected to
 * @param from address and application
 * @param does in plain words
 * @param text in a line
 * @param approvals so far
 * @param needed approvals in all
 * @param ends null: nothing happens by itself
 * @param opened when
 * @param end what came of it; null: it has not ended
 */
record HoldCard(
        String id,
        String state,
        String tone,
        String asker,
        String database,
        String from,
        String does,
        List<Piece> text,
        int approvals,
        int needed,
        @Nullable Countdown ends,
        String opened,
        @Nullable String end) {
    private static final int TEXT_CHARS = 160;
    private static final int STATEMENTS = 3;

    static HoldCard of(HoldView hold) {
        HoldRequest request = hold.request();
        return new HoldCard(
                hold.id().text(),
                hold.state().label(),
                tone(hold.state()),
                asker(request),
                Visible.name(request.database()),
                from(request.address(), request.application()),
                does(request),
                Piece.of(HoldRows.shortened(request.text(), TEXT_CHARS)),
                hold.approvals(),
                hold.approvalsNeeded(),
                Countdown.of(hold).orElse(null),
                when(hold.opened()),
                hold.state().isFinal() ? end(hold) : null);
    }

    private static String tone(HoldState state) {
        return switch (state) {
            case WAITING -> "wait";
            case APPROVED, GRANTED, RELEASED -> "go";
            case EXECUTED -> "done";
            case FAILED, UNKNOWN_OUTCOME, DENIED -> "bad";
            case EXPIRED, WITHDRAWN, GRANT_EXPIRED -> "past";
        };
    }

    private static String asker(HoldRequest request) {
        String user = Visible.name(request.user());
        if (request.person() == null) {
            return user;
        }
        String person = Visible.name(request.person());
        return person.equals(user) ? person : person + " as " + user;
    }

    /** {@code from 127.0.0.1 with psql}. */
    static String from(String address, String application) {
        return "from " + address + (application.isEmpty() ? "" : " with " + Visible.name(application));
    }

    /** {@code 2026-03-13 09:00:00 UTC}. */
    static String when(Instant at) {
        return Times.text(at).replace('T', ' ').replace("Z", " UTC");
    }

    private static String does(HoldRequest request) {
        String does = does(request.facts());
        return request.looksLike() == null ? does : does + "; looks like " + Visible.name(request.looksLike());
    }

    private static String does(List<StatementFacts> facts) {
        String first = facts.stream()
                .limit(STATEMENTS)
                .map(statement -> Visible.name(statement.reason()))
                .collect(Collectors.joining("; "));
        return facts.size() <= STATEMENTS ? first : first + "; and " + (facts.size() - STATEMENTS) + " more";
    }

    private static String end(HoldView hold) {
        if (hold.outcome() != null) {
            return HoldSheet.outcome(hold.outcome());
        }
        if (hold.note() != null) {
            return Visible.name(hold.note());
        }
        return hold.votes().stream()
                .filter(vote -> !vote.approves())
                .findFirst()
                .map(HoldCard::denial)
                .orElse("nobody let it run in time");
    }

    private static String denial(Vote vote) {
        String by = "by " + Visible.name(vote.person());
        return vote.reason() == null ? by : by + ": " + Visible.name(vote.reason());
    }

    /** {@code 1 of 2 approvals}. */
    String progress() {
        return String.format(Locale.ROOT, "%d of %d approval%s", approvals, needed, needed == 1 ? "" : "s");
    }
}
