package io.holdfast.proxy.ci;

import java.util.regex.Pattern;

/**
 * What connections are of one CI job, as far as can be told from outside: one machine, program, user and database. Numbers in the
 * program's name do not count, since parallel workers number themselves.
 *
 * @param address without the port
 * @param application with {@code #} for each number
 */
public record Job(String address, String application, String user, String database) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    static Job of(Caller caller) {
        return new Job(
                caller.address().getAddress().getHostAddress(),
                NUMBER.matcher(caller.application()).replaceAll("#"),
                caller.user(),
                caller.database());
    }
}
