package io.holdfast.proxy.console;

import io.holdfast.proxy.error.ErrorReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

public sealed interface ConsoleResult {
    record Rows(List<String> columns, List<List<@Nullable String>> rows, String tag) implements ConsoleResult {}

    record Done(String tag) implements ConsoleResult {}

    record Failed(ErrorReport report) implements ConsoleResult {}
}
