package io.holdfast.loadtest.micro;

import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.EnvironmentSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Databases that do not say what they are. */
final class SilentDatabases implements EnvironmentSource {
    private static final DatabaseSays NOTHING = new DatabaseSays.Nothing();

    @Override
    public DatabaseSays latest(String database) {
        return NOTHING;
    }

    @Override
    public DatabaseSays fresh(String database) {
        return NOTHING;
    }

    @Override
    public CompletionStage<DatabaseSays> ask(String database, Duration limit) {
        return CompletableFuture.completedStage(NOTHING);
    }
}
