package io.holdfast.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.approval.ControlStore;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.approval.StoreView;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PostgresStoreTest extends StoreContract {
    private static final List<OpenStore> OPEN = new ArrayList<>();

    private static final class Database {
        static final ControlStoreConfig.Shared CONFIG = create();

        private static ControlStoreConfig.Shared create() {
            try {
                return ControlDatabase.createOn(TestServers.shared().primary());
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    ControlStore connect() {
        return open().store();
    }

    private static OpenStore open() {
        try {
            OpenStore store = new OpenStore(Database.CONFIG);
            OPEN.add(store);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        OPEN.forEach(OpenStore::close);
        OPEN.clear();
    }

    @Test
    void aChangeNotifiesWhoListensAndNothingElseDoes() throws Exception {
        ControlStore store = open().store();
        store.change(change -> 1);
        try (Connection connection = new SharedDatabase(Database.CONFIG).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + Dialect.CHANNEL);
            store.change(change -> {
                change.beat("P-listened-to");
                return 1;
            });
            Freeze freeze = new Freeze(null, FreezeMode.WAIT, "bo", "why", Instant.EPOCH, List.of());
            store.change(change -> {
                change.put(freeze);
                change.remove(freeze);
                return 1;
            });

            assertThat(connection.unwrap(PGConnection.class).getNotifications(30_000))
                    .hasSize(1);
        }
    }

    @Test
    void whoListensLooksAlsoWhenNothingIsHeard() throws Exception {
        Semaphore news = new Semaphore(0);
        open().onNews(news::release);

        assertThat(news.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoStandsStillInATransactionIsThrownOutAndTheOthersGoOn() throws Exception {
        ControlStore store = open().store();
        store.change(change -> 1);
        try (Connection stuck = TestServers.shared().primary().connect("holdfast_control");
                Statement statement = stuck.createStatement()) {
            stuck.setAutoCommit(false);
            statement.execute("SET idle_in_transaction_session_timeout = '1s'");
            statement.execute("SELECT version FROM holdfast_control WHERE id = 1 FOR UPDATE");

            assertThat(store.look(StoreView::version)).isNotNegative();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(store.<Integer>change(change -> 1)).isEqualTo(1));
        }
    }

    @Test
    void aChangeThatFailsBeforeItsCommitIsSurelyNotMade() throws Exception {
        ControlStore store = open().store();
        long before = store.look(StoreView::version);
        assertThatThrownBy(() -> store.change(change -> {
                    change.beat("P-cut-off");
                    cutOff();
                    change.leave("P-cut-off");
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.mayHaveHappened()).isFalse());
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(StoreUnavailableException.class)
                .untilAsserted(() -> assertThat(store.look(StoreView::version)).isEqualTo(before));
    }

    /** What a deferred trigger does, a commit does: from here on nobody knows. */
    @Test
    void aChangeWhoseCommitFailsMayHaveBeenMade() throws Exception {
        ControlStore store = open().store();
        store.change(change -> 1);
        try (Connection owner = TestServers.shared().primary().connect("holdfast_control");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$");
            statement.execute("ALTER FUNCTION cut_off() SECURITY DEFINER");
            statement.execute("CREATE CONSTRAINT TRIGGER cut_off AFTER INSERT ON holdfast_freeze"
                    + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut_off()");
            Freeze freeze = new Freeze("cut", FreezeMode.WAIT, "bo", "why", Instant.EPOCH, List.of());
            try {
                assertThatThrownBy(() -> store.change(change -> {
                            change.put(freeze);
                            return 1;
                        }))
                        .isInstanceOfSatisfying(
                                StoreUnavailableException.class,
                                failure -> assertThat(failure.mayHaveHappened()).isTrue());
            } finally {
                statement.execute("DROP TRIGGER cut_off ON holdfast_freeze");
                statement.execute("DROP FUNCTION cut_off()");
            }
        }
    }

    private static void cutOff() {
        try (Connection owner = TestServers.shared().primary().connect("holdfast_control");
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid() AND state = 'idle in transaction'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherLoginIsNotLetIn() throws Exception {
        ControlStoreConfig.Shared config = Database.CONFIG;
        try (OpenStore stranger = new OpenStore(new ControlStoreConfig.Shared(
                config.address(), config.database(), "ana", TestServers.PASSWORD, config.tls()))) {
            assertThatThrownBy(() -> stranger.store().look(StoreView::version))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }
}
