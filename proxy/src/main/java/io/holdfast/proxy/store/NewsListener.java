package io.holdfast.proxy.store;

import io.holdfast.proxy.approval.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the proxy when another one has changed something: by NOTIFY, on a connection of its own, and several times a second anyway, for
 * one that was not heard.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY</a>
 */
final class NewsListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NewsListener.class);
    private static final int POLL_MILLIS = 300;
    private static final int STOP_SECONDS = 10;

    private final SharedDatabase database;
    private final Runnable news;
    private final Thread thread;
    private volatile boolean closed;

    private NewsListener(SharedDatabase database, Runnable news) {
        this.database = database;
        this.news = news;
        this.thread = Thread.ofPlatform().name("holdfast-control-news").daemon().unstarted(this::run);
    }

    static NewsListener start(SharedDatabase database, Runnable news) {
        NewsListener listener = new NewsListener(database, news);
        listener.thread.start();
        return listener;
    }

    private void run() {
        while (!closed) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + Dialect.CHANNEL);
                PGConnection notifications = connection.unwrap(PGConnection.class);
                while (!closed) {
                    tell();
                    notifications.getNotifications(POLL_MILLIS);
                }
            } catch (SQLException e) {
                LOG.debug("Not listening to the control store: {}", e.getMessage());
                pause();
                tell();
            }
        }
    }

    private void tell() {
        try {
            news.run();
        } catch (StoreUnavailableException e) {
            LOG.debug("No news: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("News of the control store could not be taken in.", e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
