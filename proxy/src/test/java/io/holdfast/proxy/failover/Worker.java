package io.holdfast.proxy.failover;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A client that works until it is told to stop, connects again when it is thrown out, and keeps a ledger. */
final class Worker {
    /** How it works. */
    enum Kind {
        AUTOCOMMIT,
        TRANSACTION,
        READS_ITS_WRITES,
        PIPELINE,
        COPY
    }

    /** What PostgreSQL says when it stops, crashes or starts, and what a driver says of a connection that has ended. */
    private static final Set<String> POSTGRES_COULD = Set.of("57P01", "57P02", "57P03", "08003", "08006");

    /** Nothing of the statement was executed. */
    private static final String NOT_REACHABLE = "PW009";

    /** Far above any step, so that only a hang reaches it. */
    private static final String HANG_SECONDS = "30";

    private static final int ROWS = 3;

    private final Ledger ledger;
    private final Kind kind;
    private final ProxyFixture proxy;
    private final BooleanSupplier goOn;

    Worker(int client, Kind kind, ProxyFixture proxy, BooleanSupplier goOn) {
        this.ledger = new Ledger(client);
        this.kind = kind;
        this.proxy = proxy;
        this.goOn = goOn;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Ends soon after it shall not go on. */
    Ledger work() {
        while (goOn.getAsBoolean()) {
            if (kind == Kind.PIPELINE) {
                pipeline();
            } else {
                jdbc();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return ledger;
    }

    private void jdbc() {
        try (Connection connection = proxy.connect(
                "ana",
                Map.of("ApplicationName", "worker", "socketTimeout", HANG_SECONDS, "connectTimeout", HANG_SECONDS))) {
            while (goOn.getAsBoolean()) {
                long[] numbers = ledger.next(kind == Kind.AUTOCOMMIT || kind == Kind.READS_ITS_WRITES ? 1 : ROWS);
                try {
                    write(connection, numbers);
                    ledger.written(numbers);
                } catch (SQLException e) {
                    if (NOT_REACHABLE.equals(e.getSQLState())) {
                        ledger.refused(numbers);
                    }
                    throw e;
                }
                if (kind == Kind.READS_ITS_WRITES) {
                    read(connection);
                }
            }
        } catch (SQLException e) {
            judge(e);
        } catch (IOException e) {
            ledger.violation(e.toString());
        }
    }

    private void write(Connection connection, long[] numbers) throws SQLException, IOException {
        switch (kind) {
            case AUTOCOMMIT, READS_ITS_WRITES -> insert(connection, numbers[0]);
            case TRANSACTION -> {
                connection.setAutoCommit(false);
                for (long number : numbers) {
                    insert(connection, number);
                }
                connection.commit();
            }
            case COPY ->
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY ledger FROM STDIN",
                                new StringReader(Arrays.stream(numbers)
                                        .mapToObj(number -> ledger.client() + "\t" + number + "\n")
                                        .collect(Collectors.joining())));
            case PIPELINE -> throw new IllegalStateException("not by JDBC");
        }
    }

    private void insert(Connection connection, long number) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger VALUES (?, ?)")) {
            insert.setInt(1, ledger.client());
            insert.setLong(2, number);
            insert.executeUpdate();
        }
    }

    private void read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT coalesce(max(n), 0) FROM ledger WHERE client = ?")) {
            select.setInt(1, ledger.client());
            for (int i = 0; i < ROWS; i++) {
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    ledger.read(rows.getLong(1));
                }
            }
        }
    }

    /** In a transaction that has failed once, every later statement is refused by PW009 or 25P02; the first error counts. */
    private void judge(SQLException e) {
        @Nullable Throwable cause = e.getCause();
        String state = String.valueOf(e.getSQLState());
        if (cause instanceof SocketTimeoutException) {
            ledger.violation("hung: " + e.getMessage());
        } else if (!POSTGRES_COULD.contains(state) && !NOT_REACHABLE.equals(state)) {
            ledger.violation(state + ": " + e.getMessage());
        }
    }

    private void pipeline() {
        try (WireClient wire = WireClient.login(proxy.port(), "worker")) {
            while (goOn.getAsBoolean()) {
                long[] numbers = ledger.next(ROWS);
                wire.send(out -> {
                    for (long number : numbers) {
                        FrontendWriter.parse(out, "", "INSERT INTO ledger VALUES ($1, $2)");
                        FrontendWriter.bind(
                                out, "", "", List.of(String.valueOf(ledger.client()), String.valueOf(number)));
                        FrontendWriter.execute(out, "", 0);
                    }
                    FrontendWriter.sync(out);
                });
                List<Frame> answer = wire.readUntilClosedOrReady();
                long complete =
                        answer.stream().filter(frame -> frame.type() == 'C').count();
                List<String> errors = answer.stream()
                        .filter(frame -> frame.type() == 'E')
                        .map(Frame::code)
                        .toList();
                if (complete == ROWS && errors.isEmpty() && answer.getLast().type() == 'Z') {
                    ledger.written(numbers);
                } else if (errors.equals(List.of(NOT_REACHABLE))) {
                    ledger.refused(numbers);
                } else if (!POSTGRES_COULD.containsAll(errors)) {
                    ledger.violation("pipeline: " + errors);
                }
                if (answer.isEmpty() || answer.getLast().type() != 'Z') {
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            ledger.violation("hung: " + e.getMessage());
        } catch (IOException e) {
            // thrown out: by a reset, or while it logged in
        }
    }

    /** Rows that one server has of all clients. */
    static long count(Connection server) throws SQLException {
        return Sql.number(server, "SELECT count(*) FROM ledger");
    }
}
