package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.proxy.e2e.Library.Author;
import io.holdfast.proxy.e2e.Library.Book;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.RollbackException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hibernate, with a pool, on the tables that Flyway has made, all through the proxy. */
@Timeout(120)
class HibernateTest {
    private static final String SCHEMA = "bookshop";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @AutoClose
    private static Pool pool;

    /** It compares the tables with the classes as it starts. */
    @AutoClose
    private static SessionFactory hibernate;

    @BeforeAll
    static void migrateAndValidate() {
        Migrations.into(SCHEMA, proxy).target("2").load().migrate();
        pool = Pool.open(proxy, 4, config -> config.setSchema(SCHEMA));
        hibernate = new HibernatePersistenceConfiguration("library")
                .managedClasses(Author.class, Book.class)
                .properties(Map.of(
                        "hibernate.connection.datasource",
                        pool.source(),
                        "hibernate.default_schema",
                        SCHEMA,
                        "hibernate.hbm2ddl.auto",
                        "validate",
                        "hibernate.jdbc.batch_size",
                        30,
                        "hibernate.order_inserts",
                        true))
                .createEntityManagerFactory();
    }

    @Test
    void anEntityIsCreatedReadChangedAndRemoved() {
        Author author = new Author("Ursula").wrote("The Dispossessed", 341).wrote("Lavinia", 279);
        hibernate.inTransaction(session -> session.persist(author));
        hibernate.inTransaction(session -> {
            Author found = session.find(Author.class, author.id);
            assertThat(found.books).extracting(book -> book.title).containsExactly("The Dispossessed", "Lavinia");
            found.name = "Ursula K.";
            found.books.removeLast();
        });
        hibernate.inSession(session -> {
            Author found = session.find(Author.class, author.id);
            assertThat(found.name).isEqualTo("Ursula K.");
            assertThat(found.version).isEqualTo(1);
            assertThat(found.books).hasSize(1);
        });
        hibernate.inTransaction(session -> session.remove(session.find(Author.class, author.id)));
        hibernate.inSession(
                session -> assertThat(session.find(Author.class, author.id)).isNull());
    }

    @Test
    void whatIsLazyIsLoadedLater() {
        Author author = new Author("Italo").wrote("Invisible Cities", 165);
        hibernate.inTransaction(session -> session.persist(author));
        hibernate.inSession(session -> {
            Book book = session.createSelectionQuery("FROM Book WHERE title = 'Invisible Cities'", Book.class)
                    .getSingleResult();
            assertThat(Hibernate.isInitialized(book.author)).isFalse();
            assertThat(Hibernate.unproxy(book.author, Author.class).name).isEqualTo("Italo");
        });
    }

    @Test
    void aBatchTakesItsIdsFromASequence() {
        hibernate.inTransaction(session -> {
            for (int n = 0; n < 120; n++) {
                session.persist(
                        new Author("batch " + n).wrote("first of " + n, 100).wrote("second of " + n, 200));
            }
        });
        hibernate.inSession(session -> {
            assertThat(session.createSelectionQuery(
                                    "SELECT count(*) FROM Book WHERE author.name LIKE 'batch %'", Long.class)
                            .getSingleResult())
                    .isEqualTo(240);
            assertThat(session.createSelectionQuery(
                                    "SELECT count(DISTINCT id) FROM Author WHERE name LIKE 'batch %'", Long.class)
                            .getSingleResult())
                    .isEqualTo(120);
        });
    }

    @Test
    void theSecondOfTwoConcurrentChangesIsNoticed() {
        Author author = new Author("Stanisław").wrote("Solaris", 204);
        hibernate.inTransaction(session -> session.persist(author));
        assertThatExceptionOfType(RollbackException.class)
                .isThrownBy(() -> hibernate.inTransaction(slow -> {
                    Author stale = slow.find(Author.class, author.id);
                    hibernate.inTransaction(quick -> quick.find(Author.class, author.id).name = "Stanisław L.");
                    stale.name = "Stanislaw";
                }))
                .withCauseInstanceOf(OptimisticLockException.class);
        hibernate.inTransaction(session -> {
            Author locked = session.find(Author.class, author.id, LockModeType.PESSIMISTIC_WRITE);
            assertThat(locked.name).isEqualTo("Stanisław L.");
        });
    }

    @Test
    void aReadOnlySessionIsServedByTheFollower() {
        hibernate.inTransaction(session -> session.persist(new Author("Jorge").wrote("Ficciones", 174)));
        try (var session = hibernate.withOptions().readOnly(true).openSession()) {
            Eventually.holds(() -> readsOnFollower(session));
            assertThat(session.createSelectionQuery("FROM Book WHERE title = 'Ficciones'", Book.class)
                            .list())
                    .hasSize(1);
        }
    }

    /** Not before it has what this pool's connections have written. */
    private static boolean readsOnFollower(Session session) {
        session.beginTransaction();
        session.doWork(connection -> connection.setReadOnly(true));
        boolean onFollower = session.createNativeQuery("SELECT pg_is_in_recovery()", Boolean.class)
                .getSingleResult();
        session.getTransaction().rollback();
        return onFollower;
    }

    @Test
    void aBulkDeleteOfEverythingIsHeldAndADenialRollsBack() throws Exception {
        hibernate.inTransaction(session -> session.persist(new Author("Clarice").wrote("Água Viva", 88)));
        try (ConsoleClient cy = proxy.console("cy")) {
            var deleting = Background.run(() -> hibernate.fromTransaction(
                    session -> session.createMutationQuery("DELETE FROM Book").executeUpdate()));
            cy.deny(cy.awaitWaiting("delete from bookshop.Book"), "which books?");
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(deleting::result)
                    .havingRootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("PW001"));
        }
        List<Book> books = hibernate.fromSession(
                session -> session.createSelectionQuery("FROM Book WHERE title = 'Água Viva'", Book.class)
                        .list());
        assertThat(books).hasSize(1);
        assertThat(pool.connections()).as("nothing is thrown away").isLessThanOrEqualTo(4);
        assertThat(pool.borrowed()).isZero();
    }
}
