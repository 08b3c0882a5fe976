package io.holdfast.proxy.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Tells what SQL text does: which commands, to which relations, with which functions, and how dangerous that makes it. Text alone:
 * no catalog, no state. What is not understood with certainty is {@code UNPARSED} and DESTRUCTIVE, so a mistake here makes somebody
 * wait and never lets something pass.
 *
 * <p>The text must be in an encoding in which bytes below 0x80 are always ASCII, and read by a server with
 * standard_conforming_strings on. Stateless; any thread.
 */
public final class StatementReader {
    private static final ThreadLocal<TokenBuffer> TOKENS = ThreadLocal.withInitial(TokenBuffer::new);

    private StatementReader() {}

    /**
     * Reads a text of any number of statements.
     *
     * @param sql holds it, and perhaps more
     * @param offset of its first byte
     * @param length in bytes, without the NUL that ends it on the wire
     * @return never throws for any text: what fails is unparsed
     * @throws IndexOutOfBoundsException if the range is not in {@code sql}
     */
    public static SqlFacts read(byte[] sql, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, sql.length);
        TokenBuffer tokens = TOKENS.get();
        try {
            Lexer.lex(sql, offset, length, tokens);
            return SqlFacts.of(statements(tokens));
        } catch (RuntimeException e) {
            // PostgreSQL, too, runs nothing of a text that does not scan or split.
            return SqlFacts.of(List.of(Findings.unparsed(reason(e), offset, offset + length)));
        } finally {
            tokens.release();
        }
    }

    private static List<StatementFacts> statements(TokenBuffer tokens) {
        List<StatementFacts> statements = new ArrayList<>(1);
        int first = 0;
        while (first < tokens.size()) {
            int end = StatementSplitter.end(tokens, first);
            if (end > first) {
                statements.add(statement(tokens, first, end));
            }
            first = end + 1;
        }
        return statements;
    }

    private static StatementFacts statement(TokenBuffer tokens, int first, int end) {
        int start = tokens.start(first);
        int stop = tokens.end(end - 1);
        try {
            Reading r = new Reading(tokens, first, end);
            CommandReader.statement(r);
            if (tokens.hasVerticalTab()) {
                r.found().noteVerticalTab();
            }
            return r.found().facts(start, stop);
        } catch (RuntimeException e) {
            return Findings.unparsed(reason(e), start, stop);
        }
    }

    /** Anything but {@link Unreadable} is a mistake of ours; the statement waits all the same. */
    private static String reason(RuntimeException e) {
        return e instanceof Unreadable ? String.valueOf(e.getMessage()) : "reader failed with " + e;
    }
}
