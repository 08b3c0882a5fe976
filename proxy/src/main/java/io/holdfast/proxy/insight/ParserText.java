package io.holdfast.proxy.insight;

import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.SqlToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement in words that JSqlParser understands. Its scanner is not PostgreSQL's, and its grammar lacks {@code ONLY}. So comments
 * are left out, string constants other than plain ones and relations with ONLY are replaced by stand-ins, and joins behind the USING of a
 * DELETE get parentheses. {@link #restored} puts the originals back.
 */
final class ParserText {
    private static final String MARK = "holdfast ";

    /** JSqlParser looks ahead at every level, which no timer interrupts: 3,000 levels take it 20 seconds, these a few milliseconds. */
    private static final int MAX_DEPTH = 50;

    private final List<SqlToken> tokens = new ArrayList<>();
    private final Map<String, String> originals = new HashMap<>();

    private ParserText() {}

    /** Empty: the statement is nested too deeply, or has itself what looks like a stand-in. */
    static Optional<ParserText> of(List<SqlToken> statement) {
        if (depth(statement) > MAX_DEPTH
                || statement.stream().anyMatch(token -> token.text().contains(MARK))) {
            return Optional.empty();
        }
        ParserText text = new ParserText();
        text.take(UsingJoins.parenthesized(statement));
        return Optional.of(text);
    }

    List<SqlToken> tokens() {
        return tokens;
    }

    /** For JSqlParser. */
    String sql() {
        return SqlToken.textOf(tokens);
    }

    /** What JSqlParser has said of it, with the originals in their places; empty if that does not scan. */
    Optional<String> restored(String said) {
        return SqlToken.listOf(said).map(list -> {
            List<SqlToken> back = new ArrayList<>(list.size());
            for (SqlToken token : list) {
                back.add(
                        new SqlToken(token.kind(), originals.getOrDefault(token.text(), token.text()), token.spaced()));
            }
            return SqlToken.textOf(back);
        });
    }

    private void take(List<SqlToken> statement) {
        for (int i = 0; i < statement.size(); i++) {
            SqlToken token = statement.get(i);
            int only = endOfOnly(statement, i);
            if (only > i) {
                standIn(
                        Kind.QUOTED_NAME,
                        '"',
                        SqlToken.textOf(statement.subList(i, only)).strip(),
                        token.spaced());
                i = only - 1;
            } else if (token.kind() == Kind.STRING && !isPlain(token.text())) {
                standIn(Kind.STRING, '\'', token.text(), token.spaced());
            } else {
                tokens.add(token);
            }
        }
    }

    private void standIn(Kind kind, char quote, String original, boolean spaced) {
        String name = quote + MARK + originals.size() + quote;
        originals.put(name, original);
        tokens.add(new SqlToken(kind, name, spaced));
    }

    /** Index after {@code ONLY table} or {@code ONLY (table)} at {@code i}; {@code i} if there is none. */
    private static int endOfOnly(List<SqlToken> tokens, int i) {
        if (!tokens.get(i).is("ONLY") || i == 0 || !introducesRelation(tokens.get(i - 1))) {
            return i;
        }
        boolean parenthesis = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
        int at = parenthesis ? i + 2 : i + 1;
        while (at + 1 < tokens.size() && tokens.get(at + 1).isSymbol(".")) {
            at += 2;
        }
        return Math.min(tokens.size(), parenthesis ? at + 2 : at + 1);
    }

    private static boolean introducesRelation(SqlToken token) {
        return token.isSymbol(",")
                || token.isSymbol("(")
                || token.is("FROM")
                || token.is("UPDATE")
                || token.is("USING")
                || token.is("JOIN");
    }

    /** Quotes only, no escapes, in one piece. */
    private static boolean isPlain(String string) {
        return string.startsWith("'")
                && string.indexOf('\\') < 0
                && string.indexOf('\n') < 0
                && string.indexOf('\r') < 0;
    }

    private static int depth(List<SqlToken> statement) {
        int depth = 0;
        int deepest = 0;
        for (SqlToken token : statement) {
            if (token.isSymbol("(") || token.isSymbol("[") || token.is("CASE")) {
                deepest = Math.max(deepest, ++depth);
            } else if (token.isSymbol(")") || token.isSymbol("]") || token.is("END")) {
                depth--;
            }
        }
        return deepest;
    }
}
