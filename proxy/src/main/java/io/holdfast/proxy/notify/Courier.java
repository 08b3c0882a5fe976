package io.holdfast.proxy.notify;

import io.holdfast.proxy.metrics.NotifyMeters;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers one thing after the other to one place, and slows down while that fails. Blocks; of one thread. */
final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private final String name;
    private final Transport transport;
    private final Pace pace;
    private final Pause pause;
    private final Retries retries;
    private final RandomGenerator random;
    private final NotifyMeters meters;
    private int failures;

    /** @param name of the place, for the log */
    Courier(
            String name,
            Transport transport,
            Pace pace,
            Pause pause,
            Retries retries,
            RandomGenerator random,
            NotifyMeters meters) {
        this.name = name;
        this.transport = transport;
        this.pace = pace;
        this.pause = pause;
        this.retries = retries;
        this.random = random;
        this.meters = meters;
    }

    /**
     * Tries until it is delivered, refused for good, or has failed too often.
     *
     * @param post made anew for each attempt: it may carry the time
     * @param reading what an answer means that HTTP calls a success
     * @return {@link Answer.Never} is logged and counted; after {@link Answer.Later} the caller comes again, or calls {@link #giveUp}
     */
    Answer deliver(Supplier<Post> post, UnaryOperator<Answer> reading) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            pace.await();
            switch (reading.apply(transport.send(post.get()))) {
                case Answer.Taken taken -> {
                    meters.sent();
                    works();
                    return taken;
                }
                case Answer.Never never -> {
                    drop(never.why());
                    return never;
                }
                case Answer.Later later -> {
                    fails(later.why());
                    pause.of(Retries.pause(failures, later, random));
                    if (attempt == retries.attempts()) {
                        return later;
                    }
                }
            }
        }
    }

    /** Nobody will try again. */
    void giveUp(Answer.Later later) {
        drop("given up, the last attempt said " + later.why());
    }

    private void drop(String why) {
        meters.dropped();
        log.error("A message was not taken by {}: {}.", name, why);
    }

    private void works() {
        if (failures > 0) {
            failures = 0;
            log.info("Messages are taken again by {}.", name);
        }
    }

    /** Says so once, not at every attempt. */
    private void fails(String why) {
        meters.failed();
        if (++failures == 1) {
            log.warn("No messages are taken by {} now, they will be sent later; holds go on meanwhile: {}.", name, why);
        }
    }
}
