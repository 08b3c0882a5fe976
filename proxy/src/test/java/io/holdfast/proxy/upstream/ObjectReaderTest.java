package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that stands for something else is seen to, whatever was done to it; and what keeps its meaning is left in peace. */
@Timeout(120)
class ObjectReaderTest {
    private static final String DATABASE = "postgres";

    @AutoClose
    private static final PostgresCluster cluster = PostgresCluster.builder().start();

    @AutoClose
    private static UpstreamMonitor monitor;

    @AutoClose
    private static Catalogs catalogs;

    @BeforeAll
    static void start() throws SQLException {
        execute(
                cluster.primary(),
                "CREATE ROLE looker LOGIN PASSWORD 'around'",
                "CREATE SCHEMA sales",
                "CREATE SCHEMA later",
                "CREATE TABLE sales.orders (id int PRIMARY KEY, a int, b int)",
                "CREATE TABLE sales.items (id int PRIMARY KEY, of int REFERENCES sales.orders)",
                "CREATE TABLE sales.spare AS SELECT * FROM sales.orders",
                "CREATE TABLE sales.log (n int) PARTITION BY LIST (n)",
                "CREATE TABLE sales.log_1 PARTITION OF sales.log FOR VALUES IN (1) PARTITION BY LIST (n)",
                "CREATE VIEW sales.v AS SELECT * FROM sales.orders",
                "CREATE PROCEDURE sales.clean() LANGUAGE sql AS 'DELETE FROM sales.log'",
                "CREATE FUNCTION sales.t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER t BEFORE INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.t()");
        Upstream config = Live.upstream(new Account("looker", "around", DATABASE), cluster.primary());
        monitor = Live.monitor(config);
        catalogs = new Catalogs(config, monitor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders       | ALTER TABLE sales.orders RENAME TO o; ALTER TABLE sales.spare RENAME TO orders         | relation sales.orders",
                "sales.orders | DROP TABLE sales.orders CASCADE; CREATE TABLE sales.orders (id int, a int, b int)      | relation sales.orders",
                "sales.orders | ALTER TABLE sales.orders SET SCHEMA later                                              | relation sales.orders",
                "orders       | CREATE TABLE later.orders (id int)                                                     | relation later.orders",
                "orders       | CREATE VIEW later.orders AS SELECT 1                                                   | relation later.orders",
                "orders       | ALTER TABLE sales.orders ADD COLUMN c int                                              | relation sales.orders",
                "spare        | ALTER TABLE sales.spare ALTER COLUMN a TYPE text                                       | relation sales.spare",
                "orders       | ALTER TABLE sales.orders RENAME a TO c; ALTER TABLE sales.orders RENAME b TO a; "
                        + "ALTER TABLE sales.orders RENAME c TO b                                                      | relation sales.orders",
                "orders       | CREATE TABLE sales.more (of int REFERENCES sales.orders)                               | relation sales.orders",
                "orders       | CREATE TABLE sales.deeper (of int REFERENCES sales.items ON DELETE CASCADE)            | relation sales.orders",
                "orders       | ALTER TABLE sales.orders DISABLE TRIGGER t                                             | relation sales.orders",
                "orders       | CREATE TRIGGER u AFTER DELETE ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.t()  | relation sales.orders",
                "orders       | CREATE RULE r AS ON DELETE TO sales.orders DO ALSO DELETE FROM sales.log               | relation sales.orders",
                "orders       | CREATE POLICY p ON sales.orders USING (a > 1)                                          | relation sales.orders",
                "orders       | ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY                                     | relation sales.orders",
                "log          | CREATE TABLE sales.log_2 PARTITION OF sales.log FOR VALUES IN (2)                      | relation sales.log",
                "log          | CREATE TABLE sales.log_1_1 PARTITION OF sales.log_1 FOR VALUES IN (1)                  | relation sales.log",
                "v            | CREATE OR REPLACE VIEW sales.v AS SELECT * FROM sales.orders WHERE a > 1               | relation sales.v",
                "clean        | CREATE OR REPLACE PROCEDURE sales.clean() LANGUAGE sql AS 'TRUNCATE sales.log'         | function sales.clean",
                "clean        | CREATE PROCEDURE sales.clean(int) LANGUAGE sql AS 'TRUNCATE sales.log'                 | function sales.clean",
                "clean        | CREATE PROCEDURE later.clean() LANGUAGE sql AS 'TRUNCATE sales.log'                    | function later.clean",
                "sales        | ALTER SCHEMA sales RENAME TO gone                                                      | schema sales",
                "nothing      | CREATE TABLE sales.nothing (n int)                                                     | relation sales.nothing"
            })
    void aChangeIsSeen(String name, String change, String changed) throws Exception {
        assertThat(changedBy(name, change)).contains(changed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders | INSERT INTO sales.orders VALUES (1); DELETE FROM sales.orders",
                "orders | TRUNCATE sales.orders CASCADE",
                "orders | ANALYZE sales.orders; CREATE INDEX ON sales.orders (a)",
                "orders | GRANT SELECT ON sales.orders TO looker",
                "orders | CREATE TEMP TABLE orders (n int)",
                "orders | CREATE TABLE sales.unlike (n int); ALTER TABLE sales.spare ADD c int",
                "log    | INSERT INTO sales.orders VALUES (1)",
                "now    | CREATE TABLE sales.unlike (n int)"
            })
    void whatKeepsItsMeaningIsTheSame(String name, String change) throws Exception {
        assertThat(changedBy(name, change)).isEmpty();
    }

    /** Undone afterwards, so that each change is made to the same tables: the look is from within a transaction that has committed nothing. */
    private static List<String> changedBy(String name, String change) throws Exception {
        int dot = name.indexOf('.');
        Set<RelationName> names =
                Set.of(new RelationName(dot < 0 ? null : name.substring(0, dot), name.substring(dot + 1)));
        try (Connection connection = cluster.primary().connect(DATABASE)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                ObjectQuery.prepare(connection);
                NamedObjects before = NamedObject.meant(ObjectQuery.ask(connection, names), names);
                statement.execute(change);
                return before.changedIn(NamedObject.meant(ObjectQuery.ask(connection, names), names));
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void anyAccountMayLookAndALockedTableDelaysNobody() throws Exception {
        try (Connection locking = cluster.primary().connect(DATABASE);
                var statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE sales.orders");
            assertThat(look("orders").versions()).containsKey("relation sales.orders");
            locking.rollback();
        }
    }

    @Test
    void manyAtOnceAreAllAnswered() {
        List<CompletionStage<NamedObjects>> asked = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            asked.add(catalogs.objects(DATABASE, Set.of(new RelationName(null, i % 2 == 0 ? "orders" : "log"))));
        }
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).toCompletableFuture().join().versions())
                    .containsOnlyKeys(i % 2 == 0 ? "relation sales.orders" : "relation sales.log");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsAFailure() {
        CompletionStage<NamedObjects> asked = catalogs.objects("nowhere", Set.of(new RelationName(null, "orders")));
        assertThatThrownBy(() -> asked.toCompletableFuture().join()).hasMessageContaining("does not exist");
    }

    private static NamedObjects look(String name) {
        return catalogs.objects(DATABASE, Set.of(new RelationName(null, name)))
                .toCompletableFuture()
                .join();
    }
}
