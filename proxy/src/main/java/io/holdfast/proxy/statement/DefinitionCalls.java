package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/** Functions in definitions that the server runs at once, over every row: defaults, checks, index expressions. */
final class DefinitionCalls {
    private DefinitionCalls() {}

    /** Raises the class for what an added column or constraint calls. */
    static void added(Reading r, int from, int to) {
        boolean expression = false;
        for (int i = from; i < to; i++) {
            switch (r.tokens().keyword(i)) {
                case DEFAULT, CHECK, AS -> expression = true;
                default -> {
                    if (expression) {
                        call(r, i, to);
                    }
                }
            }
        }
    }

    /** Index expressions call functions that say they are immutable; of a user's, the text knows no more. */
    static void index(Reading r) {
        for (int i = r.position(); i < r.end(); i++) {
            if (isCall(r.tokens(), i, r.end())) {
                FunctionEffect effect = noted(r, i);
                if (effect != null) {
                    raise(r, i, effect);
                }
            }
        }
    }

    private static void call(Reading r, int i, int to) {
        if (!isCall(r.tokens(), i, to)) {
            return;
        }
        FunctionEffect effect = noted(r, i);
        if (effect != null) {
            raise(r, i, effect);
        } else {
            r.found().raise(StatementClass.CODE, "calls " + r.word(i) + " for every row, which is not a built-in");
        }
    }

    private static void raise(Reading r, int i, FunctionEffect effect) {
        if (effect.statementClass().compareTo(StatementClass.WRITE) > 0) {
            r.found().raise(effect.statementClass(), "calls " + r.word(i) + ", which " + effect.words());
        }
    }

    /** Notes the function; what it can do, or null if it is no built-in. */
    private static @Nullable FunctionEffect noted(Reading r, int i) {
        TokenBuffer tokens = r.tokens();
        String schema = tokens.kind(i - 1) == '.' ? Names.name(tokens, i - 2) : null;
        RelationName function = new RelationName(schema, Names.name(tokens, i));
        FunctionEffect effect = CallReader.effect(function);
        r.found().function(function);
        if (effect == null) {
            r.found().userFunction(function);
        }
        return effect;
    }

    /** A name before a parenthesis that is neither a type nor a referenced table. */
    private static boolean isCall(TokenBuffer tokens, int i, int to) {
        boolean name = TokenKind.isName(tokens.kind(i)) || tokens.keyword(i).isFunctionName();
        if (!name
                || i + 1 >= to
                || tokens.kind(i + 1) != '('
                || tokens.is(i, Keyword.KEY)
                || tokens.is(i, Keyword.INCLUDE)) {
            return false;
        }
        int before = i - 1;
        while (tokens.kind(before) == '.') {
            before -= 2;
        }
        boolean notCalled = tokens.is(before, Keyword.REFERENCES)
                || tokens.is(before, Keyword.USING)
                || tokens.is(before, Keyword.COLUMN);
        return !notCalled && tokens.kind(before) != TokenKind.TYPECAST;
    }
}
