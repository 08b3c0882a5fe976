package io.holdfast.proxy.console;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * What is asked over HTTP: {@code /metrics}, {@code /livez} and {@code /readyz}, which change nothing and need no login, and what others
 * add, which looks after its logins itself. It listens where the configuration says, which is loopback unless somebody decides otherwise.
 */
public final class AdminHttp implements AutoCloseable {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MOST_THREADS = 8;
    private static final int IDLE_MILLIS = 10_000;
    private static final int STOP_MILLIS = 2_000;

    private final HostPort address;
    private final Supplier<String> metrics;
    private final BooleanSupplier serving;
    private final Supplier<List<String>> notReady;
    private final Supplier<List<String>> remarks;
    private final List<Routes> parts;
    private @Nullable Javalin http;

    /**
     * Prepares; {@link #start} listens.
     *
     * @param address port 0: any free one
     * @param metrics in Prometheus' text format
     * @param serving whether clients can connect to the proxy
     * @param notReady one lower-case line per reason why clients should go elsewhere; empty: ready
     * @param remarks likewise, of what is not as it should be and no reason to go elsewhere
     * @param parts whoever answers other paths
     */
    public AdminHttp(
            HostPort address,
            Supplier<String> metrics,
            BooleanSupplier serving,
            Supplier<List<String>> notReady,
            Supplier<List<String>> remarks,
            List<Routes> parts) {
        this.address = address;
        this.parts = List.copyOf(parts);
        this.metrics = metrics;
        this.serving = serving;
        this.notReady = notReady;
        this.remarks = remarks;
    }

    /**
     * Listens. It takes some hundred milliseconds, so that start-up runs it on a thread of its own, after the proxy listens.
     *
     * @return the port
     * @throws io.javalin.util.JavalinBindException if the address is taken
     */
    public synchronized int start() {
        if (http != null) {
            throw new IllegalStateException("admin: started twice");
        }
        http = Javalin.create(this::configure).start();
        return http.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2, IDLE_MILLIS);
        threads.setName("admin");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MILLIS));
        config.routes.get(
                "/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        config.routes.get(
                "/livez",
                context -> answer(context, serving.getAsBoolean() ? List.of() : List.of("not serving"), List.of()));
        config.routes.get("/readyz", context -> answer(context, notReady.get(), remarks.get()));
        parts.forEach(part -> part.addTo(config.routes));
        config.routes.exception(StoreUnavailableException.class, (e, context) -> HoldApi.unavailable(context, e));
    }

    /** One acceptor and one selector: Jetty's default grows with the machine and would eat the bounded threads. */
    private ServerConnector connector(Server server, HttpConfiguration configuration) {
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private static void answer(Context context, List<String> problems, List<String> remarks) {
        List<String> lines = new ArrayList<>(problems);
        if (problems.isEmpty()) {
            lines.add("ok");
        } else {
            context.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        lines.addAll(remarks);
        context.result(String.join("\n", lines) + '\n');
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.stop();
        }
    }
}
