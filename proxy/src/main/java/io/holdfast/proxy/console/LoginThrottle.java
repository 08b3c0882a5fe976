package io.holdfast.proxy.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses tokens: an address, or an IPv6 network of 64 bits, may be wrong ten times at once, and ten times a minute
 * after that. Behind a web server all are one address. Safe for use by many threads.
 */
public final class LoginThrottle {
    /** At once. */
    public static final int ATTEMPTS = 10;

    /** Until there is one more. */
    public static final Duration EACH = Duration.ofSeconds(6);

    private static final int MOST_ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanoTime;
    private final Cache<InetAddress, Bucket> buckets;

    /**
     * Nobody has guessed yet.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(EACH.multipliedBy(ATTEMPTS))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Takes one attempt; how long to wait before the next: zero or less if this one may go on. */
    public Duration take(InetAddress address) {
        return bucket(address).take(nanoTime.getAsLong());
    }

    /** How long to wait before the next attempt: zero or less if it may be now. Takes none. */
    Duration untilNext(InetAddress address) {
        return bucket(address).untilNext(nanoTime.getAsLong());
    }

    /** The attempt was no guess. */
    public void giveBack(InetAddress address) {
        bucket(address).giveBack();
    }

    private Bucket bucket(InetAddress address) {
        return buckets.get(network(address), key -> new Bucket(nanoTime.getAsLong()));
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are an address", e);
        }
    }

    /** When all attempts will be there again says how many are missing. */
    private static final class Bucket {
        private long fullAt;

        Bucket(long now) {
            fullAt = now;
        }

        synchronized Duration take(long now) {
            Duration wait = untilNext(now);
            if (!wait.isPositive()) {
                fullAt += EACH.toNanos();
            }
            return wait;
        }

        synchronized Duration untilNext(long now) {
            if (fullAt - now < 0) {
                fullAt = now;
            }
            long tooMany = fullAt - now - (ATTEMPTS - 1) * EACH.toNanos();
            return Duration.ofNanos(Math.max(tooMany, 0));
        }

        synchronized void giveBack() {
            fullAt -= EACH.toNanos();
        }
    }
}
