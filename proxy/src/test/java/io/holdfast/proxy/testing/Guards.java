package io.holdfast.proxy.testing;

import io.holdfast.config.CiConfig;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.ci.CiGuard;
import io.holdfast.proxy.ci.CiRules;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.EnvironmentSource;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.ci.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A CI guard whose databases say what a test wants, and who it has turned away. */
public final class Guards implements EnvironmentSource {
    public volatile DatabaseSays says = new DatabaseSays.Nothing();
    public final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    /** Well-known names are CI. */
    public Guard guard(Environment configured) {
        CiConfig config = CiConfig.DEFAULT;
        return new Guard(new CiRules(config), new CiGuard(config, configured), this, refusals::add);
    }

    @Override
    public DatabaseSays latest(String database) {
        return says;
    }

    @Override
    public DatabaseSays fresh(String database) {
        return says;
    }

    @Override
    public CompletionStage<DatabaseSays> ask(String database, Duration limit) {
        return CompletableFuture.completedStage(says);
    }
}
