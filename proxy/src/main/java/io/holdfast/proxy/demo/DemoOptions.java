package io.holdfast.proxy.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo listens and keeps its files. Ports are on 127.0.0.1; 0 takes any free one.
 *
 * @param port of the proxy
 * @param adminPort of the proxy's HTTP address: metrics and health
 * @param primaryPort of the primary
 * @param followerPort of the follower
 * @param keep folder that stays, and is continued by the next demo there; null: temporary
 */
record DemoOptions(
        int port,
        int adminPort,
        int primaryPort,
        int followerPort,
        @Nullable Path keep) {}
