/**
 * SQL text to facts to class; pure.
 *
 * <p>{@code Lexer} cuts the text into tokens, {@code StatementSplitter} finds where a statement ends, {@code CommandReader} picks the
 * reader by the first word. Queries are read by the grammar ({@code QueryReader}, {@code FromReader}); expressions by their reserved
 * words ({@code ExpressionReader}), which is enough to find every call and subquery in them; utility commands by
 * {@code commands.txt}. A {@code Reading} is the place in the tokens, its {@code Findings} become the {@code StatementFacts}.
 */
@NullMarked
package io.holdfast.proxy.statement;

import org.jspecify.annotations.NullMarked;
