package io.holdfast.proxy.console;

import io.holdfast.proxy.error.ErrorReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one command. */
public sealed interface ConsoleResult {
    /**
     * RowDescription, DataRow, CommandComplete; every column is text.
     *
     * @param rows each with a value, or null, for every column
     */
    record Rows(List<String> columns, List<List<@Nullable String>> rows, String tag) implements ConsoleResult {
        public Rows {
            columns = List.copyOf(columns);
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableList(new ArrayList<>(row))) // copyOf() takes no null
                    .toList();
        }
    }

    /**
     * CommandComplete alone.
     *
     * @param tag empty: EmptyQueryResponse instead
     */
    record Done(String tag) implements ConsoleResult {}

    /** ErrorResponse. */
    record Failed(ErrorReport error) implements ConsoleResult {}
}
