package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where entries of several proxies' logs are kept once more, out of reach of whoever can change a log. A connection to it, for one thread;
 * when it has failed, it must be closed and opened again.
 *
 * <p>A log that goes on as the copy knows it is one <em>chain</em> there. One that does not, because lines are gone or are others than
 * were copied, begins another chain; what was copied stays.
 */
public interface AuditCopy extends Closeable {
    /**
     * What is there of one chain.
     *
     * @param number from 1
     * @param first number of its first entry
     * @param last number of its last entry
     * @param head hash of that
     */
    record Chain(int number, long first, long last, String head) {}

    /**
     * An entry of a chain.
     *
     * @param text the line as it was in the file, a character for each byte
     * @param hash SHA-256 of the line when it was copied, lower-case hexadecimal
     */
    record Row(long seq, String text, String hash) {}

    /**
     * An entry of some proxy.
     *
     * @param text the line as it was in the file
     */
    record Found(String proxy, int chain, String text) {}

    /** All chains of a proxy, the newest first. */
    List<Chain> chains(String proxy) throws IOException;

    /**
     * Adds entries to a chain, all or none.
     *
     * @throws IOException if they may not be there, or one with such a number is already
     */
    void append(String proxy, int chain, List<LogLine> lines) throws IOException;

    /** Entries from a number on, in ascending order, as many as fit into a few megabytes; empty: there are none. */
    List<Row> rows(String proxy, int chain, long from) throws IOException;

    /**
     * Looks for entries, in order of their time.
     *
     * @param filter makes the search shorter; not all that is found need match it
     * @param proxy null: of all
     */
    void search(AuditFilter filter, @Nullable String proxy, Consumer<Found> found) throws IOException;

    /** Connects. */
    @FunctionalInterface
    interface Opener {
        AuditCopy open() throws IOException;
    }
}
