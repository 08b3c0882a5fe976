package io.holdfast.proxy.store;

import com.zaxxer.hikari.HikariConfig;
import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.approval.ControlStore;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.approval.StoreView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control store of a configuration, and what wakes its users. */
public final class OpenStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

    private final ArrayDeque<AutoCloseable> parts = new ArrayDeque<>();
    private final ControlStoreConfig config;
    private final JdbcStore store;

    /**
     * Opens a file, which must be there for this proxy alone. A shared database is connected to when it is first needed: the proxy starts
     * without.
     *
     * @throws IOException if the file is another proxy's or cannot be used; the message says which
     */
    public OpenStore(ControlStoreConfig config) throws IOException {
        this.config = config;
        this.store = switch (config) {
            case ControlStoreConfig.Embedded(var file) -> embedded(file);
            case ControlStoreConfig.Shared shared -> new JdbcStore(Dialect.POSTGRES, new SharedDatabase(shared).pool());
        };
        parts.addLast(store);
    }

    public ControlStore store() {
        return store;
    }

    /** Calls this whenever another proxy may have changed something, until it is closed. Not on the thread of anybody else. */
    public void onNews(Runnable news) {
        if (config instanceof ControlStoreConfig.Shared shared) {
            parts.addLast(NewsListener.start(new SharedDatabase(shared), news));
        }
    }

    private JdbcStore embedded(Path file) throws IOException {
        OwnFile own = OwnFile.take(file);
        parts.addLast(own);
        JdbcStore opened = new JdbcStore(Dialect.H2, embeddedPool(file));
        try {
            opened.look(StoreView::version);
            onlyForUs(file.resolveSibling(file.getFileName() + ".mv.db"));
        } catch (StoreUnavailableException e) {
            opened.close();
            own.close();
            throw new IOException("control-store: " + file + " cannot be used: " + reason(e), e);
        }
        return opened;
    }

    private static HikariConfig embeddedPool(Path file) {
        HikariConfig pool = new HikariConfig();
        pool.setDriverClassName("org.h2.Driver");
        pool.setJdbcUrl("jdbc:h2:file:" + file.toAbsolutePath()
                + ";WRITE_DELAY=0;LOCK_TIMEOUT=4000;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0;CACHE_SIZE=4096"); // KiB
        pool.setUsername("holdfast");
        pool.setPassword("");
        return pool;
    }

    /** It has statements and values in it. */
    private static void onlyForUs(Path file) throws IOException {
        if (Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static String reason(StoreUnavailableException e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        for (AutoCloseable part = parts.pollLast(); part != null; part = parts.pollLast()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("The control store did not close cleanly.", e);
            }
        }
    }
}
