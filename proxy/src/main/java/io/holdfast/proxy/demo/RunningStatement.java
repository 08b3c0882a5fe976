package io.holdfast.proxy.demo;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** A statement that runs on a thread of its own, while its notices are read as they come. */
final class RunningStatement {
    private static final int LIMIT_SECONDS = 30;
    private static final int LOOK_MILLIS = 20;
    private static final Pattern HELD = Pattern.compile("held as (H-\\w+)");

    private final Statement statement;
    private final FutureTask<Reply> reply;
    private final Consumer<List<String>> terminal;
    private int shown;

    private RunningStatement(Statement statement, FutureTask<Reply> reply, Consumer<List<String>> terminal) {
        this.statement = statement;
        this.reply = reply;
        this.terminal = terminal;
    }

    /** @param terminal shows lines where the statement was typed */
    static RunningStatement start(Statement statement, String sql, Consumer<List<String>> terminal) {
        var reply = new FutureTask<>(() -> Reply.to(statement, sql));
        Thread.ofVirtual().name("tour-statement").start(reply);
        return new RunningStatement(statement, reply, terminal);
    }

    /** Whether it has had no reply yet. */
    boolean waits() {
        return !reply.isDone();
    }

    /**
     * Waits until its client has been told that it is held.
     *
     * @return the hold's id
     */
    String awaitHold() throws TourFailure, SQLException, InterruptedException {
        Matcher held = HELD.matcher(awaitNotice("held as"));
        if (!held.find()) {
            throw new TourFailure("the notice names no hold");
        }
        return held.group(1);
    }

    /**
     * Waits for a notice that contains this text.
     *
     * @return the notice
     * @throws TourFailure if the reply comes first, or neither comes
     */
    String awaitNotice(String part) throws TourFailure, SQLException, InterruptedException {
        for (int looks = 0; looks < LIMIT_SECONDS * 1_000 / LOOK_MILLIS; looks++) {
            boolean done = reply.isDone(); // before the notices are read, or the last of them could be missed
            for (String notice : newNotices()) {
                if (notice.contains(part)) {
                    return notice;
                }
            }
            if (done) {
                throw new TourFailure("the client got its reply, but no notice \"" + part + '"');
            }
            try {
                reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException _) {
                // Still waiting, or lost; either is told above.
            }
        }
        throw new TourFailure("no notice \"" + part + "\" within " + LIMIT_SECONDS + " s");
    }

    /** Waits for the end. */
    Reply awaitReply() throws TourFailure, SQLException, InterruptedException {
        try {
            Reply end = reply.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            newNotices();
            terminal.accept(end.lines());
            statement.close();
            return end;
        } catch (TimeoutException e) {
            throw new TourFailure("no reply within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new TourFailure("the connection was lost: " + e.getCause(), e);
        }
    }

    /** Ctrl-C: a CancelRequest. */
    void interrupt() throws SQLException {
        terminal.accept(List.of("^C"));
        statement.cancel();
    }

    /** Shows the notices that have come since the last look. */
    private List<String> newNotices() throws SQLException {
        var messages = new ArrayList<String>();
        int at = 0;
        for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
            if (at++ < shown) {
                continue;
            }
            shown = at;
            messages.add(String.valueOf(notice.getMessage()));
            terminal.accept(lines(notice));
        }
        return messages;
    }

    private static List<String> lines(SQLWarning notice) {
        String first = "NOTICE:  " + notice.getMessage();
        ServerErrorMessage fields = notice instanceof PSQLWarning warning ? warning.getServerErrorMessage() : null;
        return fields == null || fields.getHint() == null
                ? List.of(first)
                : List.of(first, "HINT:  " + fields.getHint());
    }
}
