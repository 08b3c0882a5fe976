package io.holdfast.proxy.cli;

import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.session.Forecast;
import io.holdfast.proxy.session.Rehearsal;
import io.holdfast.proxy.statement.ScriptReader;
import io.holdfast.proxy.statement.StatementFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks SQL scripts, each the work of one session, and writes a line for each statement. */
final class ScriptChecker implements Checker {
    private final Supplier<Rehearsal> sessions;
    private final PrintWriter out;
    private final CheckTally tally;

    ScriptChecker(Supplier<Rehearsal> sessions, PrintWriter out, CheckTally tally) {
        this.sessions = sessions;
        this.out = out;
        this.tally = tally;
    }

    @Override
    public void check(String name, InputStream in) throws IOException {
        Rehearsal session = sessions.get();
        for (ScriptReader.Piece piece : ScriptReader.read(in.readAllBytes())) {
            Forecast forecast = session.query(piece.sql());
            tally.count(forecast);
            out.println(name + ':' + piece.line() + ": " + words(forecast));
        }
    }

    private static String words(Forecast forecast) {
        String commands =
                forecast.statements().stream().map(StatementFacts::command).collect(Collectors.joining(", "));
        return "%-7s %-11s %-8s %s: %s [%s]"
                .formatted(
                        ForecastWords.verdict(forecast),
                        ForecastWords.statementClass(forecast),
                        ForecastWords.route(forecast),
                        commands,
                        Visible.name(ForecastWords.reason(forecast)),
                        Visible.name(forecast.verdict().rule()));
    }
}
