package io.holdfast.proxy.store;

import com.zaxxer.hikari.HikariConfig;
import io.holdfast.proxy.approval.ControlStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class H2StoreTest extends StoreContract {
    private static final String URL = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=4000";
    private static final List<JdbcStore> OPEN = new ArrayList<>();

    @Override
    ControlStore connect() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(URL);
        JdbcStore store = new JdbcStore(Dialect.H2, pool);
        OPEN.add(store);
        return store;
    }

    @AfterEach
    void close() {
        OPEN.forEach(JdbcStore::close);
        OPEN.clear();
    }
}
