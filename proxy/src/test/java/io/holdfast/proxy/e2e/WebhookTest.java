package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.config.CiConfig;
import io.holdfast.config.Notify;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other systems hear of every change, in order, signed, and once more if they did not take it. */
@Timeout(120)
class WebhookTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** A request as it came. */
    private record Heard(String id, String timestamp, String signature, String body) {}

    private final List<Heard> heard = new ArrayList<>();

    private synchronized int hears(Heard request) {
        heard.add(request);
        return heard.size() == 1 ? 503 : 204;
    }

    private synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    @Test
    void everyChangeIsHeard() throws Exception {
        HttpServer server = listen();
        try (ProxyFixture proxy = ProxyFixture.builder().notify(telling(server)).start()) {
            proxy.servers().execute("CREATE TABLE hooked (n int)", "INSERT INTO hooked VALUES (1)");
            try (Connection ana = proxy.connect("ana");
                    ConsoleClient cy = proxy.console("cy");
                    ConsoleClient di = proxy.console("di")) {
                Background<Integer> truncate = Background.run(() -> Sql.run(ana, "TRUNCATE hooked"));
                String id = cy.awaitWaiting("TRUNCATE hooked");
                cy.approve(id);
                di.approve(id);
                truncate.result();
                Eventually.holds(() -> heard().size() == 8);
                check(heard(), id);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aJobThatIsTurnedAwayIsHeardOfOnceAndWhenItIsOver() throws Exception {
        HttpServer server = listen();
        CiConfig usual = CiConfig.DEFAULT;
        try (ProxyFixture proxy = ProxyFixture.builder()
                .notify(telling(server))
                .ci(new CiConfig(
                        usual.mode(),
                        usual.localNetworks(),
                        true,
                        List.of(),
                        usual.silence(),
                        null,
                        usual.environmentRefresh(),
                        Duration.ofSeconds(4)))
                .start()) {
            for (int worker = 1; worker <= 3; worker++) {
                String name = "Gradle Test Executor " + worker;
                Failure.of(
                        "PW008",
                        () -> proxy.connect("ana", Map.of("ApplicationName", name, "assumeMinServerVersion", "14")));
            }
            Eventually.holds(() -> heard().size() == 3);
        } finally {
            server.stop(0);
        }
        List<Heard> all = heard();
        assertThat(all.get(0).id).as("once more, since it was not taken").isEqualTo(all.get(1).id);
        JsonNode first = event(all.get(1));
        assertThat(first.path("type").asText()).isEqualTo("ci.refused");
        assertThat(first.path("data").path("application").asText()).isEqualTo("Gradle Test Executor 1");
        assertThat(first.path("data").path("rule").asText()).startsWith("ci: well-known name");
        assertThat(first.path("data").path("cause").asText()).isEqualTo("production");
        assertThat(first.path("data").path("certificate").isNull()).isTrue();
        assertThat(first.path("data").path("count").asInt()).isEqualTo(1);
        JsonNode last = event(all.get(2));
        assertThat(last.path("type").asText()).isEqualTo("ci.ended");
        assertThat(last.path("data").path("count").asInt()).isEqualTo(3);
    }

    private static JsonNode event(Heard request) throws Exception {
        assertThat(request.signature).isEqualTo("v1," + signature(request));
        return new ObjectMapper().readTree(request.body);
    }

    private static Notify telling(HttpServer server) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
        return new Notify(null, null, new Notify.Webhook(url, "whsec_" + KEY));
    }

    private HttpServer listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int status = hears(new Heard(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        return server;
    }

    private static void check(List<Heard> heard, String id) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<String> types = new ArrayList<>();
        for (Heard request : heard) {
            JsonNode body = json.readTree(request.body);
            types.add(body.path("type").asText());
            assertThat(body.path("data").path("id").asText()).isEqualTo(id);
            assertThat(body.path("data").path("text").asText()).isEqualTo("TRUNCATE hooked");
            assertThat(request.signature).isEqualTo("v1," + signature(request));
        }
        assertThat(types)
                .containsExactly(
                        "hold.opened",
                        "hold.opened",
                        "hold.voted",
                        "hold.voted",
                        "hold.decided",
                        "hold.claimed",
                        "hold.marked",
                        "hold.finished");
        assertThat(heard.get(0).id).isEqualTo(heard.get(1).id);
        assertThat(heard.stream().map(Heard::id).distinct()).hasSize(7);
        JsonNode last = json.readTree(heard.getLast().body).path("data");
        assertThat(last.path("state").asText()).isEqualTo("executed");
        assertThat(last.path("restore_point").path("kind").asText()).isEqualTo("named");
        assertThat(last.path("outcome").path("tag").asText()).isEqualTo("TRUNCATE TABLE");
    }

    private static String signature(Heard request) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signed = request.id + '.' + request.timestamp + '.' + request.body;
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
