package io.holdfast.proxy.statement;

/** Type names behind {@code ::} and in CAST; their modifiers look like the arguments of a call but are constants. */
final class TypeReader {
    private TypeReader() {}

    /** Behind {@code ::}. */
    static void type(Reading r) {
        r.accept(Keyword.SETOF);
        word(r);
        while (r.accept('.')) {
            word(r);
        }
        rest(r);
    }

    /** Behind AS: the type of a CAST, or the label of a column, which looks the same but for modifiers. */
    static void typeOrLabel(Reading r) {
        if (!r.is('(')) {
            type(r);
        }
    }

    private static void word(Reading r) {
        if (!TokenKind.isName(r.kind()) && r.keyword() == Keyword.NO_KEYWORD) {
            throw r.unexpected();
        }
        r.next();
    }

    /** {@code double precision}, {@code character varying(10)}, {@code timestamp(3) with time zone}. */
    private static void rest(Reading r) {
        Keyword last = r.tokens().keyword(r.position() - 1);
        if (last == Keyword.NATIONAL && !r.accept(Keyword.CHARACTER)) {
            r.accept(Keyword.CHAR);
        }
        r.accept(Keyword.VARYING);
        modifiers(r);
    }

    /** Skips modifiers if that is what they are: names, numbers and strings. Anything else is left to be read as a call. */
    private static void modifiers(Reading r) {
        if (!r.is('(')) {
            return;
        }
        int ahead = 1;
        while (isModifier(r, ahead)) {
            ahead++;
        }
        if (r.kind(ahead) == ')') {
            r.position(r.position() + ahead + 1);
        } else {
            throw new Unreadable("type modifiers that are no constants");
        }
    }

    private static boolean isModifier(Reading r, int ahead) {
        int kind = r.kind(ahead);
        return kind == ',' || kind == '-' || TokenKind.isConstant(kind) || r.isColumnName(ahead);
    }
}
