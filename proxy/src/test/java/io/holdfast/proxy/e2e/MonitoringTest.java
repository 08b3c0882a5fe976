package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What monitoring sees; with servers of its own, for one test stops the primary. */
@Timeout(180)
class MonitoringTest {
    @AutoClose
    private static final HttpClient http = HttpClient.newHttpClient();

    @AutoClose
    private static final TestServers servers = TestServers.start();

    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().servers(servers).admin().start();

    @Test
    void metricsCountWhatHappens() throws Exception {
        servers.execute("CREATE TABLE measured AS SELECT 1 AS n");
        try (Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy")) {
            double reads =
                    metric("holdfast_units_total", "class=\"read\"", "route=\"follower\"", "verdict=\"forward\"");
            double sent = metric("holdfast_client_bytes_total", "direction=\"out\"");
            Sql.rows(ana, "SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
            Sql.run(ana, "INSERT INTO measured VALUES (2)");
            assertThat(metric("holdfast_units_total", "class=\"read\"", "route=\"follower\"", "verdict=\"forward\""))
                    .isGreaterThan(reads);
            assertThat(metric("holdfast_units_total", "class=\"write\"", "route=\"primary\"", "verdict=\"forward\""))
                    .isPositive();
            assertThat(metric("holdfast_client_bytes_total", "direction=\"out\""))
                    .isGreaterThan(sent + 1_000_000);
            assertThat(metric("holdfast_client_bytes_total", "direction=\"in\""))
                    .isPositive();
            assertThat(metric("holdfast_sessions")).isPositive();
            assertThat(metric("holdfast_sessions_opened_total")).isPositive();
            assertThat(metric("holdfast_upstream_connections", "role=\"follower\""))
                    .isPositive();
            assertThat(metric("holdfast_upstream_connections", "role=\"primary\""))
                    .isPositive();

            var held = Background.run(() -> Sql.run(ana, "TRUNCATE measured"));
            String id = cy.awaitWaiting("TRUNCATE measured");
            assertThat(metric("holdfast_holds", "state=\"waiting\"")).isEqualTo(1);
            assertThat(metric("holdfast_units_total", "class=\"destructive\"", "route=\"none\"", "verdict=\"hold\""))
                    .isEqualTo(1);
            cy.deny(id, "no");
            Failure.of("PW001", held::result);
            assertThat(metric("holdfast_holds", "state=\"waiting\"")).isZero();
            Eventually.holds(() -> metric("holdfast_holds_ended_total", "outcome=\"denied\"") == 1);
        }
        Eventually.holds(() -> metric("holdfast_upstream_connections", "role=\"primary\"") == 0);
        Eventually.holds(() -> metric("holdfast_sessions") == 0);
    }

    @Test
    void lagIsShownOfEveryFollower() throws Exception {
        String follower = "\"127.0.0.1:" + servers.follower().port() + '"';
        Eventually.holds(() -> body("/metrics")
                .lines()
                .anyMatch(line -> line.startsWith("holdfast_follower_lag_seconds") && line.contains(follower)));
    }

    @Test
    void wrongPasswordsAreCounted() throws Exception {
        double before = metric("holdfast_authentication_failures_total");
        Failure.of("28P01", () -> proxy.connect("nobody_knows"));
        assertThat(metric("holdfast_authentication_failures_total")).isEqualTo(before + 1);
    }

    @Test
    void notReadyWhileThePrimaryIsStoppedButAlive() throws Exception {
        Eventually.holds(() -> get("/readyz").statusCode() == 200);
        servers.primary().stop(PostgresServer.Mode.FAST);
        try {
            Eventually.holds(() -> get("/readyz").statusCode() == 503);
            assertThat(body("/readyz"))
                    .contains("127.0.0.1:" + servers.primary().port());
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            assertThat(metric("holdfast_primary_known")).isZero();
        } finally {
            servers.primary().start();
        }
        Eventually.holds(() -> get("/readyz").statusCode() == 200);
    }

    /** The value of the only line that has this name and all of these labels; zero if there is none. */
    private static double metric(String name, String... labels) throws Exception {
        Pattern line = Pattern.compile(Pattern.quote(name) + "(\\{.*})? .*");
        return body("/metrics")
                .lines()
                .filter(line.asMatchPredicate())
                .filter(found -> Arrays.stream(labels).allMatch(found::contains))
                .mapToDouble(found -> Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
                .reduce((one, other) -> {
                    throw new AssertionError(name + ": more than one line");
                })
                .orElse(0);
    }

    private static String body(String path) throws Exception {
        return get(path).body();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
