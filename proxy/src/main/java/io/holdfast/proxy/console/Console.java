package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Person;
import org.jspecify.annotations.Nullable;

public final class Console {
    public ConsoleResult execute(String sql, @Nullable Person who, String user) {
        return new ConsoleResult.Done(sql + who + user);
    }
}
