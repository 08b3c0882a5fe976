package io.holdfast.proxy.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Slack: a channel with an incoming webhook, response URLs that work five times, and {@code chat.postMessage} and
 * {@code chat.update}. It checks messages by {@link SlackRules}; {@link SlackClicker} clicks in them.
 */
public final class FakeSlack implements AutoCloseable {
    public static final String TOKEN = "xoxb-test-token";
    public static final String CHANNEL = "C0TEST";

    private static final int USES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A message as it stands in the channel.
     *
     * @param thread under this message; null: in the channel
     */
    public record Message(
            String ts, JsonNode json, @Nullable String thread) {
        /** All of it, without markup's escapes. */
        public String text() {
            return json.toString()
                    .replace("\\n", "\n")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }

        public boolean hasButton(String action) {
            return json.findValuesAsText("action_id").contains(action);
        }

        /** The value of the first button with this action whose value begins so. */
        public String value(String action, String prefix) {
            return json.findParents("action_id").stream()
                    .filter(button -> button.path("action_id").asText().equals(action))
                    .map(button -> button.path("value").asText())
                    .filter(value -> value.startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What Slack answers instead, once. */
    private record Failure(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<String> whispers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Semaphore open = new Semaphore(1);
    private int requests;
    private int number;

    public FakeSlack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public URI webhook() {
        return URI.create(url("/services/T0/B0/secret"));
    }

    public String api() {
        return url("/api");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** A new way to answer a click in this message. */
    public synchronized String responseUrl(String ts) {
        return url("/response/" + ts + '/' + ++number);
    }

    /** The next requests fail with this, so many of them. */
    public synchronized void fails(int times, int status, Map<String, String> headers, String body) {
        for (int i = 0; i < times; i++) {
            failures.add(new Failure(status, headers, body));
        }
    }

    /** Requests wait until {@link #goesOn}. */
    public void stops() {
        open.acquireUninterruptibly();
    }

    public void goesOn() {
        open.release();
    }

    /** Every request so far, failed ones too. */
    public synchronized int requests() {
        return requests;
    }

    /** Why Slack would have refused messages, and has. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    public synchronized List<Message> messages() {
        return List.copyOf(messages.values());
    }

    /** Answers that only one person sees. */
    public synchronized List<String> whispers() {
        return List.copyOf(whispers);
    }

    /** Waits until a message is there, as it then is. */
    public Message awaitMessage(Predicate<Message> which) {
        return patiently()
                .until(() -> messages().stream().filter(which).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until somebody is told this. */
    public void awaitWhisper(String part) {
        patiently().until(() -> whispers().stream().anyMatch(told -> told.contains(part)));
    }

    private static org.awaitility.core.ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            stops();
            goesOn();
            Failure answer = answer(exchange, new String(body, StandardCharsets.UTF_8));
            answer.headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Failure answer(HttpExchange exchange, String body) throws IOException {
        requests++;
        if (!failures.isEmpty()) {
            return failures.remove();
        }
        String path = exchange.getRequestURI().getPath();
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!exchange.getRequestMethod().equals("POST") || !type.startsWith("application/json")) {
            return refuse(400, "invalid_payload");
        }
        JsonNode json = JSON.readTree(body);
        List<String> wrong = SlackRules.problems(json);
        if (!wrong.isEmpty()) {
            problems.addAll(wrong);
            return refuse(400, "invalid_blocks");
        }
        if (path.equals(webhook().getPath())) {
            post(json);
            return new Failure(200, Map.of(), "ok");
        }
        if (path.startsWith("/response/")) {
            return respond(path, json);
        }
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return authorization.equals("Bearer " + TOKEN) ? api(path, json) : api("invalid_auth");
    }

    private Failure respond(String path, JsonNode json) {
        if (uses.merge(path, 1, Integer::sum) > USES) {
            return refuse(404, "{\"ok\":false,\"error\":\"used_url\"}");
        }
        String ts = path.split("/", -1)[2];
        if (json.path("replace_original").asBoolean(false)) {
            messages.computeIfPresent(ts, (key, old) -> new Message(key, json, old.thread));
        } else if (json.path("response_type").asText("ephemeral").equals("ephemeral")) {
            whispers.add(json.path("text").asText());
        } else {
            post(json);
        }
        return new Failure(200, Map.of(), "ok");
    }

    private Failure api(String path, JsonNode json) {
        if (!json.path("channel").asText().equals(CHANNEL)) {
            return api("channel_not_found");
        }
        String ts = json.path("ts").asText("");
        switch (path) {
            case "/api/chat.postMessage" -> ts = post(json);
            case "/api/chat.update" -> {
                if (messages.computeIfPresent(ts, (key, old) -> new Message(key, json, old.thread)) == null) {
                    return api("message_not_found");
                }
            }
            default -> {
                return api("unknown_method");
            }
        }
        ObjectNode answer =
                JSON.createObjectNode().put("ok", true).put("channel", CHANNEL).put("ts", ts);
        return new Failure(200, Map.of(), answer.toString());
    }

    private static Failure api(String error) {
        return new Failure(
                200,
                Map.of(),
                JSON.createObjectNode().put("ok", false).put("error", error).toString());
    }

    private String post(JsonNode json) {
        String ts = "1700000000." + String.format("%06d", ++number);
        messages.put(ts, new Message(ts, json, json.path("thread_ts").textValue()));
        return ts;
    }

    private static Failure refuse(int status, String body) {
        return new Failure(status, Map.of(), body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
