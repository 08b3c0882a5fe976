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

    /** Index expressions call functions that say they are immutable; only what a built-in can do is known. */
    static void index(Reading r) {
        for (int i = r.position(); i < r.end(); i++) {
            FunctionEffect effect = effect(r.tokens(), i, r.end());
            if (effect != null) {
                raise(r, i, effect);
            }
        }
    }

    private static void call(Reading r, int i, int to) {
        TokenBuffer tokens = r.tokens();
        if (!isCall(tokens, i, to)) {
            return;
        }
        FunctionEffect effect = effect(tokens, i, to);
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

    private static @Nullable FunctionEffect effect(TokenBuffer tokens, int i, int to) {
        return isCall(tokens, i, to) ? FunctionEffects.of(Names.name(tokens, i)) : null;
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
