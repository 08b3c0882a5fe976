package io.holdfast.proxy.upstream;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Positions in the write-ahead log, kept as PostgreSQL keeps them: 64 unsigned bits.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn Type</a>
 */
public final class Lsn {
    /** Before every record; what PostgreSQL calls the invalid LSN. */
    public static final long ZERO = 0;

    // sizeof(XLogPageHeaderData) and sizeof(XLogLongPageHeaderData), both MAXALIGNed to 8; access/xlog_internal.h
    private static final int SHORT_PAGE_HEADER = 24;
    private static final int LONG_PAGE_HEADER = 40;

    private Lsn() {}

    /**
     * Reads the text form, {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if it is not two hexadecimal numbers of 1..8 digits
     */
    public static long parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash < 2 || text.length() - slash > 9) {
            throw new IllegalArgumentException("lsn: " + text + " (expected: as 16/B374D848)");
        }
        long high = HexFormat.fromHexDigitsToLong(text, 0, slash);
        long low = HexFormat.fromHexDigitsToLong(text, slash + 1, text.length());
        return high << 32 | low;
    }

    /** The text form as PostgreSQL prints it. */
    public static String format(long lsn) {
        return String.format(Locale.ROOT, "%X/%X", lsn >>> 32, lsn & 0xFFFF_FFFFL);
    }

    /** Whether a server that has replayed {@code replayed} has everything up to {@code wanted}. */
    public static boolean covers(long replayed, long wanted) {
        return Long.compareUnsigned(replayed, wanted) >= 0;
    }

    /** Bytes of log from {@code replayed} up to {@code written}; 0 if there are none. */
    public static long bytesBehind(long replayed, long written) {
        return covers(replayed, written) ? 0 : written - replayed;
    }

    /**
     * The end of the last record, given the place of the next. Where a record ends with its page (or WAL was switched), the next one
     * goes behind the new page's header; a standby that has replayed everything stands before that header, and would seem to lag
     * for as long as the primary is idle.
     *
     * @param insert as {@code pg_current_wal_insert_lsn()} says
     * @param blockBytes {@code wal_block_size}
     * @param segmentBytes {@code wal_segment_size}
     */
    static long endOfRecords(long insert, long blockBytes, long segmentBytes) {
        if (Long.remainderUnsigned(insert, segmentBytes) == LONG_PAGE_HEADER) {
            return insert - LONG_PAGE_HEADER;
        }
        return Long.remainderUnsigned(insert, blockBytes) == SHORT_PAGE_HEADER ? insert - SHORT_PAGE_HEADER : insert;
    }
}
