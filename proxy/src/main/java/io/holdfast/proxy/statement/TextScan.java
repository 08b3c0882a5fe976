package io.holdfast.proxy.statement;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for names and operators anywhere in a statement, whatever they stand for there. For code that no list of calls shows: an
 * operator, a cast to a type, a column reference that is a function call. Finds too much rather than too little.
 */
public final class TextScan {
    private TextScan() {}

    /**
     * The first word or operator that is looked for; null: there is none.
     *
     * @param sql holds the statement at {@code start..end}
     * @param isName asked of every word, quoted or not, as {@link RelationName} has names
     * @param isOperator asked of every operator
     */
    public static @Nullable String find(
            byte[] sql, int start, int end, Predicate<String> isName, Predicate<String> isOperator) {
        TokenBuffer tokens = new TokenBuffer();
        Lexer.lex(sql, start, end - start, tokens);
        for (int i = 0; i < tokens.size(); i++) {
            int kind = tokens.kind(i);
            if (TokenKind.isName(kind) || kind >= TokenKind.KEYWORD) {
                String name = Names.name(tokens, i);
                if (isName.test(name)) {
                    return name;
                }
            } else if (TokenKind.isOperator(kind)) {
                String operator = Names.text(Arrays.copyOfRange(sql, tokens.start(i), tokens.end(i)));
                if (isOperator.test(operator)) {
                    return operator;
                }
            }
        }
        return null;
    }
}
