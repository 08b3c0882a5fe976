package io.holdfast.proxy.notify;

import io.holdfast.proxy.console.Routes;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.notify.ClickCheck.Verdict;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /slack/interactions}, where Slack tells of clicks. It wants an answer within three seconds, so that what is clicked is done
 * afterwards, by a few threads of our own.
 */
final class SlackDoor implements Routes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlackDoor.class);

    /** Slack sends the whole message along, escaped as a form. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int THREADS = 4;
    private static final int MOST_WAITING = 100;

    private final ClickCheck check;
    private final SlackHosts hosts;
    private final SlackClicks clicks;
    private final Meters meters;
    private final Sparingly sparingly;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("holdfast-slack-click-", 0).factory());

    SlackDoor(ClickCheck check, SlackHosts hosts, SlackClicks clicks, Meters meters, Sparingly sparingly) {
        this.check = check;
        this.hosts = hosts;
        this.clicks = clicks;
        this.meters = meters;
        this.sparingly = sparingly;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/slack/interactions", this::answer);
    }

    private void answer(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            context.status(HttpStatus.CONTENT_TOO_LARGE);
            return;
        }
        Verdict verdict =
                check.of(context.header("X-Slack-Request-Timestamp"), context.header("X-Slack-Signature"), body);
        meters.slackClick(verdict.name());
        if (verdict != Verdict.VALID && sparingly.mayBeSaid()) {
            log.warn(
                    "A click in Slack, or what poses as one, is refused: {}. More are only counted for a minute.",
                    why(verdict));
        }
        context.status(
                switch (verdict) {
                    case VALID -> take(body);
                    case UNSIGNED, STALE, FORGED -> HttpStatus.UNAUTHORIZED;
                    case REPLAYED -> HttpStatus.CONFLICT;
                    case TOO_MANY -> HttpStatus.SERVICE_UNAVAILABLE;
                });
    }

    /** With what whoever runs this may have set up wrongly. */
    private static String why(Verdict verdict) {
        return switch (verdict) {
            case VALID -> "valid";
            case UNSIGNED -> "not signed";
            case STALE -> "not of the last five minutes; is this machine's clock right?";
            case FORGED -> "the signature is wrong; is notify.slack.signing-secret that of the app?";
            case REPLAYED -> "it was here before";
            case TOO_MANY -> "too many have come within five minutes";
        };
    }

    /** Slack shows whoever has clicked that it did not work, unless this is 200. */
    private HttpStatus take(byte[] body) {
        Optional<Click> click = Click.read(body).map(this::withTrustedUrl);
        if (click.isPresent()) {
            try {
                threads.execute(() -> handle(click.get()));
            } catch (RejectedExecutionException e) {
                return HttpStatus.SERVICE_UNAVAILABLE;
            }
        }
        return HttpStatus.OK;
    }

    private Click withTrustedUrl(Click click) {
        URI url = click.responseUrl();
        if (url == null || hosts.mayBeAnswered(url)) {
            return click;
        }
        log.warn(
                "A click in Slack wants its answer at {}, which is not Slack's.",
                Visible.name(String.valueOf(url.getHost())));
        return click.withoutResponseUrl();
    }

    private void handle(Click click) {
        try {
            clicks.handle(click);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
