package io.holdfast.proxy.store;

import io.holdfast.proxy.audit.AuditCopy;
import io.holdfast.proxy.audit.AuditFilter;
import io.holdfast.proxy.audit.LogLine;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Copies of audit logs in PostgreSQL, on one connection, each question by itself: a table of any size is read in pieces. */
final class SharedAuditCopy implements AuditCopy {
    private static final int MICRO = 1_000;
    private static final int PIECE_ROWS = 1_000;
    private static final int PIECE_CHARS = 4 << 20;

    private static final String INSERT = """
            INSERT INTO holdfast_audit (proxy, chain, seq, at, kind, line, hash)
            VALUES (?, ?, ?, coalesce(?, clock_timestamp()), ?, ?, ?)""";

    private static final String LAST = """
            SELECT chain, seq, hash FROM holdfast_audit WHERE proxy = ? AND chain < ?
            ORDER BY chain DESC, seq DESC LIMIT 1""";

    private static final String FIRST =
            "SELECT seq FROM holdfast_audit WHERE proxy = ? AND chain = ? ORDER BY seq LIMIT 1";

    /** Rows of the query inside, up to the one with which the piece is full. */
    private static final String PIECE = """
            SELECT * FROM (
                SELECT *, sum(length(line)) OVER (ORDER BY %s) - length(line) AS before
                FROM (SELECT * FROM holdfast_audit WHERE %s ORDER BY %1$s LIMIT %d) AS rows) AS piece
            WHERE before < %d ORDER BY %1$s""";

    private static final String ROWS =
            PIECE.formatted("seq", "proxy = ? AND chain = ? AND seq >= ?", PIECE_ROWS, PIECE_CHARS);

    private static final String ORDER = "at, proxy, chain, seq";

    private final Connection connection;
    private final Sql sql;

    SharedAuditCopy(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    @Override
    public List<Chain> chains(String proxy) throws IOException {
        return asked(() -> {
            List<Chain> chains = new ArrayList<>();
            int below = Integer.MAX_VALUE;
            for (List<Chain> next = newest(proxy, below); !next.isEmpty(); next = newest(proxy, below)) {
                chains.addAll(next);
                below = next.getFirst().number();
            }
            return chains;
        });
    }

    /** One step into the index for each chain, however long that is. */
    private List<Chain> newest(String proxy, int below) {
        return sql.query(
                LAST,
                row -> {
                    int number = row.getInt(1);
                    long first = sql.one(FIRST, found -> found.getLong(1), proxy, number);
                    return new Chain(number, first, row.getLong(2), row.getString(3));
                },
                proxy,
                below);
    }

    @Override
    public void append(String proxy, int chain, List<LogLine> lines) throws IOException {
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (LogLine line : lines) {
                    statement.setString(1, proxy);
                    statement.setInt(2, chain);
                    statement.setLong(3, line.seq());
                    statement.setObject(
                            4, line.time() == null ? null : time(line.time()), Types.TIMESTAMP_WITH_TIMEZONE);
                    statement.setString(5, line.kind());
                    statement.setString(6, line.text());
                    statement.setString(7, line.hash());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (BatchUpdateException e) { // whose message is the whole statement, values and all
            throw failed(e.getNextException() == null ? e : e.getNextException());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public List<Row> rows(String proxy, int chain, long from) throws IOException {
        return asked(() -> sql.query(
                ROWS,
                row -> new Row(row.getLong("seq"), row.getString("line"), row.getString("hash")),
                proxy,
                chain,
                from));
    }

    /** What a search goes on behind. */
    private record Mark(OffsetDateTime at, String proxy, int chain, long seq) {}

    @Override
    public void search(AuditFilter filter, @Nullable String proxy, Consumer<Found> found) throws IOException {
        Narrowed narrowed = new Narrowed();
        narrowed.add("proxy = ?", proxy);
        narrowed.add("at >= ?", filter.since() == null ? null : time(filter.since()));
        narrowed.add(
                "at < ?", filter.until() == null ? null : time(filter.until().plusNanos(MICRO - 1)));
        narrowed.add("lower(kind) = ?", lower(filter.fields().get("kind")));
        String hold = filter.fields().get("hold");
        narrowed.add("strpos(line, ?) > 0", hold == null ? null : "\"hold\":\"" + hold.toUpperCase(Locale.ROOT) + '"');
        for (Mark mark = piece(narrowed, null, found); mark != null; ) {
            mark = piece(narrowed, mark, found);
        }
    }

    private @Nullable Mark piece(Narrowed narrowed, @Nullable Mark after, Consumer<Found> found) throws IOException {
        Narrowed rest = new Narrowed(narrowed);
        if (after != null) {
            rest.add("(" + ORDER + ") > (?, ?, ?, ?)", after.at, after.proxy, after.chain, after.seq);
        }
        List<Mark> marks = asked(() -> sql.query(
                PIECE.formatted(ORDER, rest.condition(), PIECE_ROWS, PIECE_CHARS),
                row -> {
                    String proxy = row.getString("proxy");
                    int chain = row.getInt("chain");
                    found.accept(new Found(proxy, chain, row.getString("line")));
                    return new Mark(row.getObject("at", OffsetDateTime.class), proxy, chain, row.getLong("seq"));
                },
                rest.values()));
        return marks.isEmpty() ? null : marks.getLast();
    }

    /** Conditions that must all hold, with their values. */
    private static final class Narrowed {
        private final List<String> conditions = new ArrayList<>(List.of("true"));
        private final List<Object> values = new ArrayList<>();

        Narrowed() {}

        Narrowed(Narrowed other) {
            conditions.addAll(other.conditions);
            values.addAll(other.values);
        }

        /** Nothing if the value is null. */
        void add(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        void add(String condition, Object first, Object... more) {
            conditions.add(condition);
            values.add(first);
            values.addAll(List.of(more));
        }

        String condition() {
            return String.join(" AND ", conditions);
        }

        @Nullable
        Object[] values() {
            return values.toArray();
        }
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** As the table has it: never later than it was. */
    private static OffsetDateTime time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static <T> T asked(Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (SqlFailure e) {
            throw failed(e.failure());
        }
    }

    private static IOException failed(SQLException e) {
        return new IOException("the control store: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
