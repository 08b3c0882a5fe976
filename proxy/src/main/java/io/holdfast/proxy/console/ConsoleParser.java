package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.console.ConsoleTokens.Kind;
import io.holdfast.proxy.console.ConsoleTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one command. Keywords in any case; a semicolon at the end is optional. */
final class ConsoleParser {
    private final List<Token> tokens;
    private int at;

    private ConsoleParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static ConsoleCommand parse(String sql) throws ConsoleSyntaxException {
        ConsoleParser parser = new ConsoleParser(ConsoleTokens.of(sql));
        ConsoleCommand command = parser.command();
        parser.end();
        return command;
    }

    private ConsoleCommand command() throws ConsoleSyntaxException {
        Token first = peek();
        if (first == null || isSemicolon(first)) {
            return new ConsoleCommand.Nothing("");
        }
        at++;
        return switch (first.text().toUpperCase(Locale.ROOT)) {
            case "SHOW" -> show();
            case "APPROVE" -> decide(true);
            case "DENY" -> decide(false);
            case "BREAK" -> breakGlass();
            case "CANCEL" -> new ConsoleCommand.Cancel(id(), reason());
            case "FREEZE" -> freeze();
            case "THAW" -> new ConsoleCommand.Thaw(database());
            case "HELP" -> new ConsoleCommand.Help();
            case "SELECT" -> ping();
            case "SET" -> ignoreRest("SET");
            case "RESET" -> ignoreRest("RESET");
            case "DISCARD" -> ignoreRest("DISCARD ALL");
            case "BEGIN", "START" -> ignoreRest("BEGIN");
            case "COMMIT", "END" -> ignoreRest("COMMIT");
            case "ROLLBACK", "ABORT" -> ignoreRest("ROLLBACK");
            default -> throw ConsoleSyntaxException.near(first.text());
        };
    }

    private ConsoleCommand show() throws ConsoleSyntaxException {
        Token what = take();
        return switch (what.text().toUpperCase(Locale.ROOT)) {
            case "HOLDS" -> new ConsoleCommand.ShowHolds();
            case "HOLD" -> new ConsoleCommand.ShowHold(id());
            case "FREEZE" -> new ConsoleCommand.ShowFreeze();
            case "SESSIONS" -> new ConsoleCommand.ShowSessions();
            case "FOLLOWERS" -> new ConsoleCommand.ShowFollowers();
            case "STATS" -> new ConsoleCommand.ShowStats();
            case "VERSION" -> new ConsoleCommand.ShowVersion();
            case "HELP" -> new ConsoleCommand.Help();
            default -> throw ConsoleSyntaxException.near(what.text());
        };
    }

    private ConsoleCommand decide(boolean approves) throws ConsoleSyntaxException {
        List<String> ids = new ArrayList<>(List.of(id()));
        while (takesComma()) {
            ids.add(id());
        }
        return new ConsoleCommand.Decide(approves, List.copyOf(ids), reason());
    }

    private ConsoleCommand breakGlass() throws ConsoleSyntaxException {
        if (!takesWord("GLASS")) {
            throw ConsoleSyntaxException.near(take().text());
        }
        return new ConsoleCommand.BreakGlass(id(), reason());
    }

    private boolean takesComma() {
        Token next = peek();
        boolean there =
                next != null && next.kind() == Kind.SYMBOL && next.text().equals(",");
        at += there ? 1 : 0;
        return there;
    }

    private ConsoleCommand freeze() throws ConsoleSyntaxException {
        FreezeMode mode = takesWord("WAIT") ? FreezeMode.WAIT : takesWord("NOW") ? FreezeMode.NOW : FreezeMode.REFUSE;
        return new ConsoleCommand.Freeze(mode, database(), reason());
    }

    /** Null: none given, so all. */
    private @Nullable String database() throws ConsoleSyntaxException {
        return takesWord("DATABASE") ? id() : null;
    }

    /** Null: none given. */
    private @Nullable String reason() {
        Token reason = peek();
        if (reason == null || reason.kind() != Kind.STRING) {
            return null;
        }
        at++;
        return reason.text().isBlank() ? null : reason.text();
    }

    private boolean takesWord(String keyword) {
        Token next = peek();
        boolean there = next != null && next.is(keyword);
        at += there ? 1 : 0;
        return there;
    }

    /** A word, or a string for who is used to quoting. */
    private String id() throws ConsoleSyntaxException {
        Token token = take();
        if (token.kind() == Kind.SYMBOL) {
            throw ConsoleSyntaxException.near(token.text());
        }
        return token.text();
    }

    private ConsoleCommand ping() throws ConsoleSyntaxException {
        Token one = take();
        if (!one.is("1")) {
            throw ConsoleSyntaxException.near(one.text());
        }
        return new ConsoleCommand.Ping();
    }

    private ConsoleCommand ignoreRest(String tag) {
        for (Token next = peek(); next != null && !isSemicolon(next); next = peek()) {
            at++;
        }
        return new ConsoleCommand.Nothing(tag);
    }

    private void end() throws ConsoleSyntaxException {
        Token next = peek();
        boolean ended = false;
        while (next != null && isSemicolon(next)) {
            ended = true;
            at++;
            next = peek();
        }
        if (next != null) {
            throw ended ? ConsoleSyntaxException.secondCommand(next.text()) : ConsoleSyntaxException.near(next.text());
        }
    }

    private Token take() throws ConsoleSyntaxException {
        Token next = peek();
        if (next == null || isSemicolon(next)) {
            throw ConsoleSyntaxException.atEnd();
        }
        at++;
        return next;
    }

    private @Nullable Token peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private static boolean isSemicolon(Token token) {
        return token.kind() == Kind.SYMBOL && token.text().equals(";");
    }
}
