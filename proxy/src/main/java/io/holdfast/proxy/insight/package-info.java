/**
 * What people are told about a statement beyond its class: the columns it writes and depends on, and a query that counts the rows it
 * would touch. JSqlParser reads it, on a thread of its own and in bounded time; no verdict depends on any of it.
 *
 * <p>{@code Insights} is asked. {@code InsightReader} reads one text: {@code ParserText} says each statement in words that JSqlParser
 * understands, {@code StatementTree} has it parsed and makes sure that the tree says the same, {@code RowCounts} and {@code ColumnNames}
 * take from the tree what people want to know.
 */
@NullMarked
package io.holdfast.proxy.insight;

import org.jspecify.annotations.NullMarked;
