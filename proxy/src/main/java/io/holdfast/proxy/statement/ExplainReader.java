package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ANALYSE;
import static io.holdfast.proxy.statement.Keyword.ANALYZE;
import static io.holdfast.proxy.statement.Keyword.VERBOSE;

/**
 * EXPLAIN plans a statement, EXPLAIN ANALYZE runs it. An option that is not known counts as ANALYZE. Planning alone can run
 * functions that say they are stable, so only known ones let it go to the follower.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a>
 */
final class ExplainReader {
    private ExplainReader() {}

    static void explain(Reading r) {
        r.expect(Keyword.EXPLAIN);
        r.found().command("EXPLAIN");
        boolean runs = (r.is('(') && !QueryReader.startsQuery(behindParentheses(r))) ? options(r) : legacyOptions(r);
        Reading inner = r.inner(r.position(), r.end());
        CommandReader.statement(inner);
        Findings found = inner.found();
        if (runs) {
            r.found().absorb(found);
        } else {
            r.found().absorbPlanned(found);
        }
    }

    private static Reading behindParentheses(Reading r) {
        Reading inner = r.inner(r.position(), r.end());
        while (inner.accept('(')) {
            // down to the first word
        }
        return inner;
    }

    private static boolean legacyOptions(Reading r) {
        boolean runs = r.accept(ANALYZE) || r.accept(ANALYSE);
        r.accept(VERBOSE);
        return runs;
    }

    /** {@code (ANALYZE off, ANALYZE on)}: the last one wins. */
    private static boolean options(Reading r) {
        boolean runs = false;
        boolean unknown = false;
        r.expect('(');
        do {
            String option = optionWord(r);
            boolean on = isOn(r);
            switch (option) {
                case "analyze", "analyse" -> runs = on;
                case "verbose",
                        "costs",
                        "settings",
                        "generic_plan",
                        "buffers",
                        "serialize",
                        "wal",
                        "timing",
                        "summary",
                        "memory",
                        "format" -> {}
                default -> unknown = true;
            }
        } while (r.accept(','));
        r.expect(')');
        return runs || unknown;
    }

    private static String optionWord(Reading r) {
        if (!TokenKind.isName(r.kind()) && r.kind() < TokenKind.KEYWORD) {
            throw r.unexpected();
        }
        String word = Names.name(r.tokens(), r.position());
        r.next();
        return word;
    }

    /** No value is on; so is every value but the spellings of off. */
    private static boolean isOn(Reading r) {
        boolean on = true;
        while (!r.is(',') && !r.is(')')) {
            if (r.isEnd()) {
                throw r.unexpected();
            }
            on = !isOff(r);
            r.next();
        }
        return on;
    }

    private static boolean isOff(Reading r) {
        int i = r.position();
        if (r.kind() == TokenKind.INTEGER) {
            return r.word(i).equals("0");
        }
        boolean word = TokenKind.isName(r.kind()) || r.kind() >= TokenKind.KEYWORD;
        if (!word && !TokenKind.isString(r.kind())) {
            return false;
        }
        String value = word ? Names.name(r.tokens(), i) : Names.string(r.tokens(), i);
        return value.equals("off") || value.equals("false");
    }
}
