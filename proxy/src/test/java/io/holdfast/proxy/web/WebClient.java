package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser in which nothing is shown: it sends what one sends, and keeps the cookie of the login. */
final class WebClient implements AutoCloseable {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private String cookie = "";

    WebClient(int port) {
        url = "http://127.0.0.1:" + port;
    }

    WebClient logIn(String person) throws Exception {
        HttpResponse<String> answer = post("/login", Map.of("login", "hf_" + person));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return this;
    }

    /** {@code name=value}; empty: none. */
    String cookie() {
        return cookie;
    }

    void cookie(String other) {
        cookie = other;
    }

    /** To be sent; with the cookie. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** As from a page of ours: with the token of the login if there is one. */
    HttpResponse<String> act(String path, Map<String, String> fields) throws Exception {
        Map<String, String> all = new HashMap<>(fields);
        all.put("token", formToken());
        return post(path, all);
    }

    HttpResponse<String> approve(Object hold, String reason) throws Exception {
        return act("/holds/" + hold + "/approve", Map.of("reason", reason, "read", "yes"));
    }

    HttpResponse<String> deny(Object hold, String reason) throws Exception {
        return act("/holds/" + hold + "/deny", Map.of("reason", reason));
    }

    HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        return send(form(path, fields).header("Origin", url));
    }

    /** A form that does not say where it comes from. */
    HttpRequest.Builder form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        Optional<String> set = answer.headers().firstValue("Set-Cookie");
        set.ifPresent(value -> cookie = value.replaceAll(";.*", ""));
        return answer;
    }

    String formToken() throws Exception {
        Matcher found = FORM_TOKEN.matcher(get("/history").body());
        assertThat(found.find()).as("logged in").isTrue();
        return found.group(1);
    }

    /** What comes by and by, once the answer has begun. */
    HttpResponse<InputStream> follow() throws Exception {
        return http.send(request("/events").build(), BodyHandlers.ofInputStream());
    }

    /** Reads up to this line; false: it ended before. */
    static boolean awaitLine(BufferedReader lines, String wanted) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
