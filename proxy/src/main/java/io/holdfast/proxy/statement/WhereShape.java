package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AND;
import static io.holdfast.proxy.statement.Keyword.NOT;
import static io.holdfast.proxy.statement.Keyword.NULL;
import static io.holdfast.proxy.statement.Keyword.OR;

/**
 * Whether a condition lets every row through, as far as its text tells. A condition without any column does unless it is plainly
 * false; beyond that only shapes that people write to get around a rule: {@code id = id}, {@code id IS NOT NULL}, {@code name LIKE '%'}.
 * A condition that merely happens to hold for all rows cannot be told from here; rows are counted elsewhere.
 */
final class WhereShape {
    private static final int MAX_DEPTH = 500;

    private enum Truth {
        TRUE,
        FALSE,
        UNKNOWN;

        Truth negate() {
            return switch (this) {
                case TRUE -> FALSE;
                case FALSE -> TRUE;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    private final TokenBuffer tokens;

    private WhereShape(TokenBuffer tokens) {
        this.tokens = tokens;
    }

    /** Of the condition in tokens {@code from..to)}. */
    static boolean isAlwaysTrue(TokenBuffer tokens, int from, int to) {
        return new WhereShape(tokens).truth(from, to, 0) == Truth.TRUE;
    }

    private Truth truth(int start, int end, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Unreadable("has a condition nested too deep");
        }
        if (TokenSpan.isParenthesised(tokens, start, end) && !TokenSpan.isQuery(tokens, start)) {
            return truth(start + 1, end - 1, depth + 1);
        }
        if (TokenSpan.find(tokens, OR, start, end) >= 0) {
            return any(start, end, depth + 1);
        }
        if (TokenSpan.find(tokens, AND, start, end) >= 0) {
            return all(start, end, depth + 1);
        }
        if (tokens.is(start, NOT)) {
            return truth(start + 1, end, depth + 1).negate();
        }
        return atom(start, end);
    }

    /** Long chains are walked, not descended into: programs write thousands of ORs. */
    private Truth any(int start, int end, int depth) {
        boolean allFalse = true;
        int previous = -1;
        for (int from = start; from < end; ) {
            int to = endOfTerm(OR, from, end);
            Truth truth = truth(from, to, depth);
            if (truth == Truth.TRUE || (previous >= 0 && areOpposite(previous, from - 1, to))) {
                return Truth.TRUE;
            }
            allFalse &= truth == Truth.FALSE;
            previous = from;
            from = to + 1;
        }
        return allFalse ? Truth.FALSE : Truth.UNKNOWN;
    }

    private Truth all(int start, int end, int depth) {
        boolean allTrue = true;
        for (int from = start; from < end; ) {
            int to = endOfTerm(AND, from, end);
            Truth truth = truth(from, to, depth);
            if (truth == Truth.FALSE) {
                return Truth.FALSE;
            }
            allTrue &= truth == Truth.TRUE;
            from = to + 1;
        }
        return allTrue ? Truth.TRUE : Truth.UNKNOWN;
    }

    private int endOfTerm(Keyword connective, int from, int end) {
        int found = TokenSpan.find(tokens, connective, from, end);
        return found < 0 ? end : found;
    }

    private Truth atom(int start, int end) {
        if (start >= end) {
            return Truth.UNKNOWN;
        }
        if (!ColumnFinder.hasColumn(tokens, start, end)) {
            return ConstantCondition.isFalse(tokens, start, end) ? Truth.FALSE : Truth.TRUE;
        }
        return isSelfComparison(start, end) || isNotNullOfKey(start, end) || isLikeAnything(start, end)
                ? Truth.TRUE
                : Truth.UNKNOWN;
    }

    /** {@code x = x}, {@code x >= x}, {@code x IS NOT DISTINCT FROM x}; NULLs apart, every row. */
    private boolean isSelfComparison(int start, int end) {
        int operator = TokenSpan.comparison(tokens, start, end);
        if (operator >= 0) {
            int kind = tokens.kind(operator);
            boolean reflexive = kind == '=' || kind == TokenKind.LESS_EQUALS || kind == TokenKind.GREATER_EQUALS;
            return reflexive && TokenSpan.same(tokens, start, operator, operator + 1, end);
        }
        int is = TokenSpan.find(tokens, Keyword.IS, start, end);
        return is >= 0
                && tokens.is(is + 1, NOT)
                && tokens.is(is + 2, Keyword.DISTINCT)
                && TokenSpan.same(tokens, start, is, is + 4, end);
    }

    /** IS NOT NULL of a system column, or of the name that everybody gives to the primary key. */
    private boolean isNotNullOfKey(int start, int end) {
        boolean isNotNull = end - start > 3
                && tokens.is(end - 1, NULL)
                && tokens.is(end - 2, NOT)
                && tokens.is(end - 3, Keyword.IS);
        if (!isNotNull || !TokenKind.isName(tokens.kind(end - 4))) {
            return false;
        }
        return switch (Names.name(tokens, end - 4)) {
            case "ctid", "tableoid", "xmin", "xmax", "cmin", "cmax", "id" -> true;
            default -> false;
        };
    }

    private boolean isLikeAnything(int start, int end) {
        return end - start >= 3
                && (tokens.is(end - 2, Keyword.LIKE) || tokens.is(end - 2, Keyword.ILIKE))
                && !tokens.is(end - 3, NOT)
                && TokenKind.isString(tokens.kind(end - 1))
                && Names.string(tokens, end - 1).matches("%+");
    }

    /** {@code x IS NULL OR x IS NOT NULL}, {@code a OR NOT a}. */
    private boolean areOpposite(int start, int or, int end) {
        int right = or + 1;
        if (tokens.is(right, NOT) && TokenSpan.same(tokens, start, or, right + 1, end)) {
            return true;
        }
        int leftIs = TokenSpan.find(tokens, Keyword.IS, start, or);
        int rightIs = TokenSpan.find(tokens, Keyword.IS, right, end);
        return leftIs >= 0
                && rightIs >= 0
                && TokenSpan.same(tokens, start, leftIs, right, rightIs)
                && (or - leftIs) + (end - rightIs) == 5 // IS NULL and IS NOT NULL
                && tokens.is(or - 1, NULL)
                && tokens.is(end - 1, NULL);
    }
}
