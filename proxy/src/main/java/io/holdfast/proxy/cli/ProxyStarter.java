package io.holdfast.proxy.cli;

import io.holdfast.config.HoldfastConfig;

/** Starts a proxy; {@code Main} knows how, the commands need not. */
@FunctionalInterface
public interface ProxyStarter {
    /**
     * Starts a proxy that accepts clients when this returns.
     *
     * @throws Exception if it cannot; nothing is left running
     */
    RunningProxy start(HoldfastConfig config) throws Exception;

    /** A proxy until it is closed. */
    interface RunningProxy extends AutoCloseable {
        /** The port it is bound to, 1..65535, also where the configuration said 0. */
        int port();

        /** Stops it; done twice, it has no further effect. */
        @Override
        void close();
    }
}
