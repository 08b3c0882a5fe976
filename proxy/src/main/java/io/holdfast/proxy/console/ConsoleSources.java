package io.holdfast.proxy.console;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the console shows besides holds; asked anew for each command.
 *
 * @param followers a name and what is known of it, such as its lag
 * @param stats a name and a value, unit in the name
 * @param version of the proxy
 */
public record ConsoleSources(
        Supplier<List<SessionInfo>> sessions,
        Supplier<List<NameValue>> followers,
        Supplier<List<NameValue>> stats,
        String version) {
    /** One row. */
    public record NameValue(String name, String value) {}
}
