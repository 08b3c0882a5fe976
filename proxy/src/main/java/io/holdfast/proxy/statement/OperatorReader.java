package io.holdfast.proxy.statement;

/** {@code OPERATOR(schema.+)}: an operator of pg_catalog is a built-in, one of another schema is a user's code. */
final class OperatorReader {
    private OperatorReader() {}

    /** At the word OPERATOR; {@code otherwise} reads it as the name of a function or column. */
    static void operator(Reading r, Runnable otherwise) {
        int ahead = 2;
        while (r.kind(ahead + 1) == '.') {
            ahead += 2;
        }
        boolean qualified = ahead > 2;
        if (r.kind(1) != '(' || !TokenKind.isOperator(r.kind(ahead)) || r.kind(ahead + 1) != ')') {
            otherwise.run();
            return;
        }
        if (qualified) {
            String schema = Names.name(r.tokens(), r.position() + ahead - 2);
            if (!schema.equals("pg_catalog")) {
                String operator = schema + '.' + r.word(r.position() + ahead);
                r.found().raise(StatementClass.WRITE, "uses operator " + operator + ", which is not a built-in");
            }
        }
        r.position(r.position() + ahead + 2);
    }
}
