package io.holdfast.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a running proxy, one request after the other. */
final class ApiClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI base;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @throws IOException with what to tell the user: the proxy's refusal, or why there is no answer */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    /**
     * Asks for a change.
     *
     * @param reason null: none
     * @throws IOException as {@link #get}
     */
    JsonNode decide(String path, @Nullable String reason) throws IOException, InterruptedException {
        return post(path, json -> json.put("reason", reason));
    }

    /**
     * Asks for a change.
     *
     * @param filling puts the fields of the body
     * @throws IOException as {@link #get}
     */
    JsonNode post(String path, Consumer<ObjectNode> filling) throws IOException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        filling.accept(body);
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body.toString())), path);
    }

    private JsonNode send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        HttpRequest complete = request.uri(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(LIMIT)
                .build();
        HttpResponse<String> answer;
        try {
            answer = http.send(complete, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(base + " does not answer: " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
        JsonNode json = json(answer.body());
        if (answer.statusCode() != OK) {
            String why = json.path("error").asText("status " + answer.statusCode());
            throw new IOException(Visible.name(why));
        }
        return json;
    }

    private JsonNode json(String body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(base + " is not a Holdfast", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
