package io.holdfast.proxy.console;

import io.javalin.config.RoutesConfig;

/** A part of what {@link AdminHttp} answers. */
@FunctionalInterface
public interface Routes {
    /**
     * Called once, before the server listens. Handlers run on the server's few threads and may block for a moment; no two parts may add
     * the same path.
     */
    void addTo(RoutesConfig routes);
}
