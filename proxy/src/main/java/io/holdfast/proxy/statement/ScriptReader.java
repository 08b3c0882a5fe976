package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a script into the texts that psql would send one by one. Meta-commands and the data behind {@code COPY ... FROM stdin} are
 * passed over, as pg_dump writes them; what they would include or generate is not looked for. Where PostgreSQL's scanner could not go
 * on, the rest of the script is one text.
 *
 * @see <a href="https://www.postgresql.org/docs/current/app-psql.html">psql</a>
 */
public final class ScriptReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /**
     * One text of the script.
     *
     * @param line of its first byte, from 1
     * @param sql without the semicolon that ends it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    public record Piece(int line, byte[] sql) {}

    private final byte[] script;
    private final int end;
    private final TokenBuffer tokens = new TokenBuffer();
    private final Lexer lexer;
    private final LineCounter lines;
    private final List<Piece> pieces;
    private int open;
    private int bodies;

    private ScriptReader(byte[] script, int start, int end, LineCounter lines, List<Piece> pieces) {
        this.script = script;
        this.end = end;
        this.lexer = new Lexer(script, start, end, tokens);
        this.lines = lines;
        this.pieces = pieces;
        tokens.reset(script);
    }

    /** The texts in order; never throws for any script. */
    public static List<Piece> read(byte[] script) {
        byte[] copy = script.clone(); // meta-commands are blanked out
        boolean marked = copy.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(copy, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        var pieces = new ArrayList<Piece>();
        int start = marked ? BYTE_ORDER_MARK.length : 0;
        new ScriptReader(copy, start, copy.length, new LineCounter(copy), pieces).run();
        return pieces;
    }

    private void run() {
        while (lexer.at() < end) {
            int at = lexer.at();
            if (script[at] == '\\') {
                metaCommand();
            } else if (!step()) {
                add(tokens.size() == 0 ? at : tokens.start(0), end);
                return;
            }
        }
        endStatement();
    }

    /** False: what is there cannot be read. */
    private boolean step() {
        int before = tokens.size();
        int at = lexer.at();
        try {
            if (ByteClass.of(script[at]) == ByteClass.INVALID) {
                tokens.add(script[at], at, at + 1); // its statement will be unparsed, and no other
                lexer.at(at + 1);
            } else {
                lexer.step();
            }
        } catch (Unreadable e) {
            return false;
        }
        if (tokens.size() > before) {
            look(tokens.size() - 1);
        }
        return true;
    }

    /** As psql, which counts parentheses and, in a routine, every BEGIN and CASE against every END. */
    private void look(int token) {
        switch (tokens.kind(token)) {
            case '(' -> open++;
            case ')' -> open = Math.max(0, open - 1);
            case ';' -> {
                if (open == 0 && bodies == 0) {
                    boolean dataFollows = copiesFromStdin();
                    endStatement();
                    if (dataFollows) {
                        passData(lexer.at());
                    }
                }
            }
            default -> {
                if (open == 0 && StatementSplitter.createsRoutine(tokens, 0)) {
                    bodies += body(tokens.keyword(token));
                }
            }
        }
    }

    private int body(Keyword keyword) {
        return switch (keyword) {
            case BEGIN -> 1;
            case CASE -> bodies > 0 ? 1 : 0;
            case END -> bodies > 0 ? -1 : 0;
            default -> 0;
        };
    }

    private boolean copiesFromStdin() {
        if (!tokens.is(0, Keyword.COPY)) {
            return false;
        }
        int from = TokenSpan.find(tokens, Keyword.FROM, 0, tokens.size());
        return from > 0 && tokens.is(from + 1, Keyword.STDIN);
    }

    private void endStatement() {
        int last = tokens.size() - (tokens.kind(tokens.size() - 1) == ';' ? 2 : 1);
        if (last >= 0) {
            add(tokens.start(0), tokens.end(last));
        }
        tokens.reset(script);
        open = 0;
        bodies = 0;
    }

    private void add(int from, int to) {
        pieces.add(new Piece(lines.lineOf(from), Arrays.copyOfRange(script, from, to)));
    }

    private void metaCommand() {
        int at = lexer.at();
        int stop = MetaCommand.end(script, at, end);
        String command = new String(script, at, stop - at, StandardCharsets.ISO_8859_1);
        if (MetaCommand.sends(command)) {
            endStatement();
        }
        Arrays.fill(script, at, stop, (byte) ' ');
        lexer.at(stop);
        if (MetaCommand.readsData(command)) {
            passData(stop);
        }
    }

    /** The data starts on the next line; what else is on this one psql runs afterwards. */
    private void passData(int from) {
        int data = nextLine(from);
        new ScriptReader(script, from, data, lines, pieces).run();
        while (data < end && !isEndOfData(data)) {
            data = nextLine(data);
        }
        lexer.at(nextLine(data));
    }

    private boolean isEndOfData(int line) {
        return script[line] == '\\'
                && line + 1 < end
                && script[line + 1] == '.'
                && (line + 2 == end || ByteClass.isNewline(script[line + 2]));
    }

    private int nextLine(int from) {
        int at = from;
        while (at < end && script[at] != '\n') {
            at++;
        }
        return Math.min(end, at + 1);
    }
}
