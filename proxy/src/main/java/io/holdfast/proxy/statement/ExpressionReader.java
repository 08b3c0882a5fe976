package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.DISTINCT;
import static io.holdfast.proxy.statement.Keyword.GROUP;
import static io.holdfast.proxy.statement.Keyword.IS;
import static io.holdfast.proxy.statement.Keyword.NOT;
import static io.holdfast.proxy.statement.Keyword.SELECT;
import static io.holdfast.proxy.statement.Keyword.TIME;
import static io.holdfast.proxy.statement.Keyword.UNIQUE;
import static io.holdfast.proxy.statement.Keyword.WITH;
import static io.holdfast.proxy.statement.Keyword.WITHIN;

/**
 * Reads expressions, or lists of them, without building a tree: it finds each call and each query inside, however deep, and
 * stops at the first word that can only belong to the clause behind. Reserved words make that exact: they are no names
 * unless they stand behind AS or a dot.
 */
final class ExpressionReader {
    private final Reading r;
    private final boolean inFrom;
    private final boolean grouping;
    private int depth;
    private int cases;
    /** Of the open parentheses, the outermost that belong to GROUPING SETS, ROLLUP and CUBE. */
    private int groupingDepth;

    private ExpressionReader(Reading r, boolean inFrom, boolean grouping) {
        this.r = r;
        this.inFrom = inFrom;
        this.grouping = grouping;
    }

    /** An expression or a list of them, to the end of its clause. */
    static void list(Reading r) {
        new ExpressionReader(r, false, false).read();
    }

    /** A join's condition: ends also at a comma or the next join. */
    static void condition(Reading r) {
        new ExpressionReader(r, true, false).read();
    }

    /** What stands behind GROUP BY. */
    static void groupBy(Reading r) {
        new ExpressionReader(r, false, true).read();
    }

    /** From an opening parenthesis to behind its closing one. */
    static void parentheses(Reading r) {
        r.expect('(');
        if (QueryReader.startsQuery(r)) {
            QueryReader.query(r);
        }
        ExpressionReader inside = new ExpressionReader(r, false, false);
        inside.depth = 1;
        inside.read();
    }

    private void read() {
        int base = depth;
        while (!r.isEnd()) {
            int kind = r.kind();
            if (TokenKind.isName(kind)) {
                name();
            } else if (kind >= TokenKind.KEYWORD) {
                if (depth == 0 && stops()) {
                    return;
                }
                keyword();
            } else if (kind == '(') {
                r.next();
                open();
            } else if (kind == ')') {
                if (depth == 0) {
                    return;
                }
                r.next();
                depth--;
                groupingDepth = Math.min(groupingDepth, depth);
                if (depth < base) {
                    return;
                }
            } else if (kind == '.') {
                r.next();
                label();
            } else if (kind == TokenKind.TYPECAST) {
                r.next();
                TypeReader.type(r);
            } else if (kind == ',' && depth == 0 && inFrom) {
                return;
            } else if (kind == ';') {
                throw r.unexpected();
            } else {
                r.next();
            }
        }
        if (depth > 0) {
            throw r.unexpected();
        }
    }

    private void open() {
        depth++;
        if (QueryReader.startsQuery(r)) {
            QueryReader.query(r);
        }
    }

    /** A name with its qualifiers; a call if a parenthesis follows. */
    private void name() {
        int first = r.position();
        r.next();
        while (r.is('.')) {
            r.next();
            label();
        }
        if (r.is('(')) {
            CallReader.call(r, first, grouping && depth == groupingDepth);
            if (grouping && depth == groupingDepth && CallReader.isGroupingSet(r.tokens(), first)) {
                groupingDepth++;
            }
        }
    }

    /** What follows a dot: any word, or a star. */
    private void label() {
        if (TokenKind.isName(r.kind()) || r.kind() >= TokenKind.KEYWORD) {
            r.next();
        }
    }

    private void keyword() {
        Keyword keyword = r.keyword();
        switch (keyword) {
            case AS -> {
                r.next();
                TypeReader.typeOrLabel(r);
            }
            case SELECT -> QueryReader.query(r);
            case TABLE -> {
                r.next();
                if (r.isColumnName(0)) {
                    r.reads(r.qualifiedName());
                }
            }
            case CASE -> {
                cases += depth == 0 ? 1 : 0;
                r.next();
            }
            case END -> {
                cases -= depth == 0 && cases > 0 ? 1 : 0;
                r.next();
            }
            case FOR -> {
                r.next();
                LockingClause.inExpression(r);
            }
            case OPERATOR -> OperatorReader.operator(r, this::name);
            default -> {
                if (keyword.isReserved()) {
                    r.next();
                } else {
                    name();
                }
            }
        }
    }

    /** Whether a word at the outermost level belongs to what follows the expression. */
    private boolean stops() {
        Keyword previous = r.tokens().keyword(r.position() - 1);
        return switch (r.keyword()) {
            case WHERE,
                    HAVING,
                    WINDOW,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    INTO,
                    RETURNING,
                    ON,
                    USING,
                    DO -> true;
            case FOR -> previous != Keyword.COLLATION; // COLLATION FOR (...)
            case FROM -> !(previous == DISTINCT && isDistinctFrom());
            case GROUP -> previous != WITHIN;
            case WITH -> r.keyword(1) != TIME && r.keyword(1) != UNIQUE; // WITH TIME ZONE, WITH UNIQUE KEYS
            case WHEN, THEN -> cases == 0;
            case JOIN, CROSS, INNER, NATURAL, FULL -> inFrom;
            case LEFT, RIGHT -> inFrom && r.kind(1) != '(';
            default -> false;
        };
    }

    private boolean isDistinctFrom() {
        Keyword before = r.tokens().keyword(r.position() - 2);
        return before == IS || before == NOT;
    }
}
