package io.holdfast.loadtest.load;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pgbench says at its end, from version 14 on.
 *
 * @param rate transactions per second
 * @param transactions in all
 * @param connectionMillis mean time of a connection; empty unless each transaction had its own
 */
public record PgbenchOutput(double rate, long transactions, OptionalDouble connectionMillis) {
    private static final Pattern TRANSACTIONS = Pattern.compile("number of transactions actually processed: (\\d+)");
    private static final Pattern RATE =
            Pattern.compile("tps = ([0-9.]+) \\((?:without initial connection time|including reconnection times)\\)");
    private static final Pattern CONNECTION = Pattern.compile("average connection time = ([0-9.]+) ms");

    /**
     * Reads it.
     *
     * @throws IOException if something is missing; it shows all that was said
     */
    public static PgbenchOutput read(String out) throws IOException {
        Matcher connection = CONNECTION.matcher(out);
        return new PgbenchOutput(
                Double.parseDouble(find(RATE, out)),
                Long.parseLong(find(TRANSACTIONS, out)),
                connection.find()
                        ? OptionalDouble.of(Double.parseDouble(connection.group(1)))
                        : OptionalDouble.empty());
    }

    private static String find(Pattern pattern, String out) throws IOException {
        Matcher matcher = pattern.matcher(out);
        if (!matcher.find()) {
            throw new IOException("pgbench said:\n" + out);
        }
        return matcher.group(1);
    }
}
