package io.holdfast.proxy.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's HTTP client. Follows no redirect: what is sent is for one address only. */
public final class HttpTransport implements Transport, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Of an answer; what is behind it is not read. */
    private static final int MOST_BYTES = 64 << 10;

    private final Duration timeout;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public HttpTransport() {
        this(TIMEOUT);
    }

    /** @param timeout of a request as a whole, its answer included */
    HttpTransport(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** The client's own timeout ends with the headers; a body that never comes must not stop us. */
    @Override
    public Answer send(Post post) throws InterruptedException {
        Future<Answer> answer = threads.submit(() -> exchange(post));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return new Answer.Later(null, why(post, e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return new Answer.Later(null, why(post, e));
        } finally {
            answer.cancel(true);
        }
    }

    private Answer exchange(Post post) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(post.to())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "holdfast")
                .POST(BodyPublishers.ofByteArray(post.bytes()));
        post.headers().forEach(request::header);
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            String body = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
            return Answer.of(response.statusCode(), retryAfter, body);
        }
    }

    /** Without the address, of which a part may be secret. */
    private static String why(Post post, Throwable e) {
        String message = e.getMessage() == null ? "" : ": " + Answer.shown(e.getMessage());
        return post.to().getHost() + ": " + e.getClass().getSimpleName() + message;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
