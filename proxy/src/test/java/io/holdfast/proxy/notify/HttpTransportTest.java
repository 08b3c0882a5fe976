package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTransportTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private Answer send(HttpHandler handler, Duration timeout) throws InterruptedException {
        server.createContext("/", handler);
        try (HttpTransport http = new HttpTransport(timeout)) {
            return http.send(new Post(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret"), "{}"));
        }
    }

    @Test
    void aRedirectIsARefusal() throws Exception {
        Answer answer = send(
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1/elsewhere");
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                },
                Duration.ofSeconds(20));

        assertThat(answer).isEqualTo(new Answer.Never("HTTP 307"));
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() throws Exception {
        Answer answer = send(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] text = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                },
                Duration.ofSeconds(20));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Taken.class, taken -> assertThat(taken.body()).hasSize(64 << 10));
    }

    @Test
    void anAnswerWithoutAnEndIsNotWaitedFor() throws Exception {
        Answer answer = send(
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                Duration.ofMillis(500));

        assertThat(answer).isEqualTo(new Answer.Later(null, "127.0.0.1: TimeoutException"));
    }

    @Test
    void whoIsNotThereMayBeLater() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        try (HttpTransport http = new HttpTransport()) {
            assertThat(http.send(new Post(URI.create("http://127.0.0.1:" + port + "/secret"), "{}")))
                    .isInstanceOfSatisfying(
                            Answer.Later.class,
                            later -> assertThat(later.why())
                                    .startsWith("127.0.0.1: ConnectException")
                                    .doesNotContain("secret"));
        }
    }
}
