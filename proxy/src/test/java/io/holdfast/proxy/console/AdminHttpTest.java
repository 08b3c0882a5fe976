package io.holdfast.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminHttpTest {
    private volatile boolean serving;
    private volatile List<String> notReady = List.of();
    private volatile List<String> remarks = List.of();
    private final AdminHttp admin = http(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    private AdminHttp http(int onPort) {
        HoldApi api = new HoldApi(
                new Holds().service,
                new Tokens(List.of(), new People(List.of())),
                List::of,
                hold -> new Known(new Insight.Known(List.of()), new Impact.Pending()));
        return new AdminHttp(
                new HostPort("127.0.0.1", onPort),
                () -> "holdfast_sessions 1.0\n",
                () -> serving,
                () -> notReady,
                () -> remarks,
                List.of(api, new FreezeApi(new Holds().freezes, new Tokens(List.of(), new People(List.of())))));
    }

    @BeforeEach
    void start() {
        port = admin.start();
    }

    @AfterEach
    void stop() {
        client.close();
        admin.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("holdfast_sessions 1.0\n");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void liveOnceClientsAreServed() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(503);
        serving = true;
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void readyOnlyWithoutAReasonNotToBe() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("ok\n");
        notReady = List.of("no primary: db1:5432: down: refused", "the audit cannot be written");
        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body().lines()).containsExactlyElementsOf(notReady);
    }

    @Test
    void aRemarkIsSaidAndKeepsNobodyAway() throws Exception {
        remarks = List.of("the copy of the audit lacks 3 of 9 entries");
        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok\nthe copy of the audit lacks 3 of 9 entries\n");
        assertThat(get("/livez").body()).doesNotContain("copy");
    }

    @Test
    void nothingIsThereButWhatItsPartsAdd() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/api/openapi.yaml").statusCode()).isEqualTo(200);
    }

    @Test
    void takenPortIsAnError() {
        try (AdminHttp second = http(port)) {
            assertThatThrownBy(second::start).isInstanceOf(JavalinBindException.class);
        }
    }
}
