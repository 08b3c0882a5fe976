package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AS;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether a condition mentions a column that could be the target's. Names of functions, types and of the relations inside
 * subqueries are none; columns qualified with those relations are theirs.
 */
final class ColumnFinder {
    private final TokenBuffer tokens;
    private final Set<String> inner = new HashSet<>();
    private int open;
    /** Level of the FROM list that is being read; -1: none. */
    private int fromLevel = -1;

    private ColumnFinder(TokenBuffer tokens) {
        this.tokens = tokens;
    }

    static boolean hasColumn(TokenBuffer tokens, int start, int end) {
        ColumnFinder finder = new ColumnFinder(tokens);
        finder.collectRelations(start, end);
        finder.open = 0;
        finder.fromLevel = -1;
        for (int i = start; i < end; i++) {
            finder.level(i);
            if (finder.isName(i) && finder.isColumn(i, start)) {
                return true;
            }
        }
        return false;
    }

    private void collectRelations(int start, int end) {
        for (int i = start; i < end; i++) {
            level(i);
            if (isInFrom() && isName(i)) {
                inner.add(Names.name(tokens, i));
            }
        }
    }

    /** Keeps track of parentheses and of FROM lists. */
    private void level(int i) {
        switch (tokens.kind(i)) {
            case '(' -> open++;
            case ')' -> {
                open--;
                if (open < fromLevel) {
                    fromLevel = -1;
                }
            }
            default -> {
                switch (tokens.keyword(i)) {
                    case FROM -> fromLevel = tokens.is(i - 1, Keyword.DISTINCT) ? fromLevel : open;
                    case WHERE, GROUP, HAVING, ORDER, LIMIT, UNION, ON, SELECT -> fromLevel = -1;
                    case JOIN -> fromLevel = open;
                    default -> {}
                }
            }
        }
    }

    private boolean isInFrom() {
        return fromLevel == open && open > 0;
    }

    /** A name, or a word that may be one and is not a part of an operator or clause. */
    private boolean isName(int i) {
        if (TokenKind.isName(tokens.kind(i))) {
            return true;
        }
        return switch (tokens.keyword(i)) {
            case AT, ZONE, ESCAPE, BY, OVER, FILTER, WITHIN, TIME, BETWEEN, VALUES, EXISTS, SECOND, DISTINCT -> false;
            default -> tokens.keyword(i).isColumnName();
        };
    }

    private boolean isColumn(int i, int start) {
        int next = tokens.kind(i + 1);
        if (next == '(' || TokenKind.isString(next) || isInFrom()) {
            return false; // a call, a type before a constant, a relation
        }
        if (next == '.') {
            return false; // a qualifier; what it qualifies is looked at in its turn
        }
        if (i == start) {
            return true;
        }
        int before = tokens.kind(i - 1);
        if (before == '.') {
            return !isTypeName(i - 2) && !(i - 2 >= start && inner.contains(Names.name(tokens, i - 2)));
        }
        return before != TokenKind.TYPECAST && !tokens.is(i - 1, AS);
    }

    private boolean isTypeName(int qualifier) {
        return tokens.kind(qualifier - 1) == TokenKind.TYPECAST || tokens.is(qualifier - 1, AS);
    }
}
