package io.holdfast.proxy.console;

import io.javalin.config.RoutesConfig;

/** A part of what {@link AdminHttp} answers. Its paths are its own; two parts must not add the same. */
@FunctionalInterface
public interface HttpRoutes {
    void addTo(RoutesConfig routes);
}
