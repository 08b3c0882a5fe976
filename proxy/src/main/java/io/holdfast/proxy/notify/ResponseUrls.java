package io.holdfast.proxy.notify;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The ways that clicks have opened to change one message. Slack takes each five times within half an hour.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction">Handling user interaction</a>
 */
final class ResponseUrls {
    private static final int USES = 5;

    /** Less than Slack gives: a use may take a while to get there. */
    private static final Duration LIFE = Duration.ofMinutes(28);

    private static final int MOST = 4;

    private record Way(URI url, Instant until, int uses) {
        boolean isOpen(Instant now) {
            return uses > 0 && until.isAfter(now);
        }
    }

    private final Deque<Way> newestFirst = new ArrayDeque<>();

    /** @param used how often it has been used already */
    void add(URI url, Instant clicked, int used) {
        newestFirst.addFirst(new Way(url, clicked.plus(LIFE), USES - used));
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
    }

    boolean isEmpty(Instant now) {
        return newestFirst.stream().noneMatch(way -> way.isOpen(now));
    }

    /** Takes one use of the newest; empty: there is none left. */
    Optional<URI> use(Instant now) {
        Optional<Way> open = newestFirst.stream().filter(way -> way.isOpen(now)).findFirst();
        open.ifPresent(way -> {
            newestFirst.remove(way);
            newestFirst.addFirst(new Way(way.url, way.until, way.uses - 1));
        });
        return open.map(Way::url);
    }

    /** A use that has not reached Slack. */
    void giveBack(URI url) {
        newestFirst.stream().filter(way -> way.url.equals(url)).findFirst().ifPresent(way -> {
            newestFirst.remove(way);
            newestFirst.addFirst(new Way(way.url, way.until, way.uses + 1));
        });
    }

    void clear() {
        newestFirst.clear();
    }

    /** Slack has refused it. */
    void drop(URI url) {
        newestFirst.removeIf(way -> way.url.equals(url));
    }
}
