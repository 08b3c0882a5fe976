package io.holdfast.proxy.ci;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks databases what they are, and remembers. Every method returns at once, on any thread. */
public interface EnvironmentSource {
    /** What was found out last, however long ago; {@link DatabaseSays.Unknown}: nothing yet. For sessions that are open. */
    DatabaseSays latest(String database);

    /** What was found out a moment ago; null: it must be asked. */
    @Nullable
    DatabaseSays fresh(String database);

    /** Has it asked; completes on any thread, within {@code limit}, never with a failure. */
    CompletionStage<DatabaseSays> ask(String database, Duration limit);
}
