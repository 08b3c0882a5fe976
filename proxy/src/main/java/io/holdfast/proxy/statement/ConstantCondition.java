package io.holdfast.proxy.statement;

import java.util.Locale;

/** Conditions without columns that are plainly false, so that nothing is touched: {@code false}, {@code 1 = 0}, {@code NULL}. */
final class ConstantCondition {
    private ConstantCondition() {}

    static boolean isFalse(TokenBuffer tokens, int start, int end) {
        if (end - start == 1) {
            return isFalse(tokens, start);
        }
        int operator = TokenSpan.comparison(tokens, start, end);
        return end - start == 3 && operator == start + 1 && isFalseComparison(tokens, start, operator, start + 2);
    }

    private static boolean isFalse(TokenBuffer tokens, int i) {
        Keyword keyword = tokens.keyword(i);
        if (keyword == Keyword.FALSE || keyword == Keyword.NULL) {
            return true;
        }
        if (!TokenKind.isString(tokens.kind(i))) {
            return false;
        }
        return switch (Names.string(tokens, i).strip().toLowerCase(Locale.ROOT)) {
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> true;
            default -> false;
        };
    }

    private static boolean isFalseComparison(TokenBuffer tokens, int left, int operator, int right) {
        if (tokens.keyword(left) == Keyword.NULL || tokens.keyword(right) == Keyword.NULL) {
            return true;
        }
        int order;
        if (isSmallInteger(tokens, left) && isSmallInteger(tokens, right)) {
            order = Long.compare(integer(tokens, left), integer(tokens, right));
        } else if (TokenKind.isString(tokens.kind(left)) && TokenKind.isString(tokens.kind(right))) {
            boolean same = Names.string(tokens, left).equals(Names.string(tokens, right));
            int kind = tokens.kind(operator);
            return (kind == '=' && !same) || (kind == TokenKind.NOT_EQUALS && same); // order is the collation's
        } else {
            return false;
        }
        return switch (tokens.kind(operator)) {
            case '=' -> order != 0;
            case '<' -> order >= 0;
            case '>' -> order <= 0;
            case TokenKind.LESS_EQUALS -> order > 0;
            case TokenKind.GREATER_EQUALS -> order < 0;
            case TokenKind.NOT_EQUALS -> order == 0;
            default -> false;
        };
    }

    private static boolean isSmallInteger(TokenBuffer tokens, int i) {
        int length = tokens.end(i) - tokens.start(i);
        if (tokens.kind(i) != TokenKind.INTEGER || length > 18) {
            return false;
        }
        for (int at = tokens.start(i); at < tokens.end(i); at++) {
            if (ByteClass.of(tokens.sql()[at]) != ByteClass.DIGIT) {
                return false; // 0x1f, 1_000
            }
        }
        return true;
    }

    private static long integer(TokenBuffer tokens, int i) {
        long value = 0;
        for (int at = tokens.start(i); at < tokens.end(i); at++) {
            value = value * 10 + (tokens.sql()[at] - '0');
        }
        return value;
    }
}
