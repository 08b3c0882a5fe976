package io.holdfast.proxy.statement;

/**
 * Calls of functions that run SQL given as text: {@code crosstab('select ...')}. Where the text is a constant it is read like any
 * other; where it is not, nobody can tell.
 */
final class GivenSql {
    private GivenSql() {}

    /** The reading stands at the parenthesis behind the function's name. */
    static void call(Reading r, RelationName name) {
        if (name.name().equals("ts_rewrite") && arguments(r) == 3) {
            return; // the form with three queries runs nothing
        }
        switch (name.name()) {
            case "crosstab", "crosstab2", "crosstab3", "crosstab4", "query_to_xml", "query_to_xmlschema", "ts_stat" -> {
                if (isConstant(r)) {
                    r.found().raise(StatementClass.WRITE, "calls " + name + " with SQL as text");
                    texts(r);
                    return;
                }
            }
            default -> {}
        }
        r.found().raise(StatementClass.DESTRUCTIVE, "calls " + name + ", which " + FunctionEffect.RUNS_SQL.words());
    }

    /** Whether all arguments are constants, with or without a cast. */
    private static boolean isConstant(Reading r) {
        for (int ahead = 1; r.kind(ahead) != ')'; ahead++) {
            int kind = r.kind(ahead);
            boolean constant =
                    TokenKind.isConstant(kind) || r.keyword(ahead) == Keyword.TRUE || r.keyword(ahead) == Keyword.FALSE;
            boolean cast = kind == TokenKind.TYPECAST || r.kind(ahead - 1) == TokenKind.TYPECAST;
            if (!constant && !cast && kind != ',') {
                return false;
            }
        }
        return true;
    }

    /** Reads every string that could be the SQL: the first argument, and the second of crosstab. */
    private static void texts(Reading r) {
        int argument = 0;
        for (int ahead = 1; argument < 2 && r.kind(ahead) != ')'; ahead++) {
            if (r.kind(ahead) == ',') {
                argument++;
            } else if (TokenKind.isString(r.kind(ahead)) && (argument == 0 || isCrosstab(r))) {
                r.given(Names.string(r.tokens(), r.position() + ahead));
            }
        }
    }

    private static boolean isCrosstab(Reading r) {
        return Names.name(r.tokens(), r.position() - 1).startsWith("crosstab");
    }

    private static int arguments(Reading r) {
        int open = 0;
        int count = 1;
        for (int ahead = 0; ; ahead++) {
            int kind = r.kind(ahead);
            if (kind == '(') {
                open++;
            } else if (kind == ')' && --open == 0) {
                return count;
            } else if (kind == ',' && open == 1) {
                count++;
            } else if (kind == TokenKind.END) {
                throw r.unexpected();
            }
        }
    }
}
