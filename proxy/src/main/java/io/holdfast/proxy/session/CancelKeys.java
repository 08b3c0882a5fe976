package io.holdfast.proxy.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;

/** The cancel keys that clients were given: our own, random, and never a server's. Thread-safe. */
public final class CancelKeys {
    /** Protocol 3.2 and later; PostgreSQL 18 sends as many. */
    private static final int LONG_SECRET = 32;

    private static final int SHORT_SECRET = 4;

    /** Cancels what one session does. */
    @FunctionalInterface
    public interface Canceller {
        /** Begins to cancel; {@code done} is called, on any thread, when the request has been dealt with. */
        void cancel(Runnable done);
    }

    private record Target(BackendKey key, Canceller canceller) {}

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<Integer, Target> targets = new ConcurrentHashMap<>();

    /**
     * Makes a key.
     *
     * @param longSecret whether the client speaks protocol 3.2
     * @param canceller called from any thread when the key is presented
     */
    public BackendKey issue(boolean longSecret, Canceller canceller) {
        byte[] secret = new byte[longSecret ? LONG_SECRET : SHORT_SECRET];
        random.nextBytes(secret);
        while (true) {
            int processId = 1 + random.nextInt(Integer.MAX_VALUE - 1);
            BackendKey key = new BackendKey(processId, secret);
            if (targets.putIfAbsent(processId, new Target(key, canceller)) == null) {
                return key;
            }
        }
    }

    public void revoke(BackendKey key) {
        targets.remove(key.processId());
    }

    /** Cancels what the key's session does; a wrong key does nothing and says nothing. {@code done} is called either way. */
    public void present(int processId, byte[] secret, Runnable done) {
        Target target = targets.get(processId);
        if (target != null && MessageDigest.isEqual(target.key.secret(), secret)) {
            target.canceller.cancel(done);
        } else {
            done.run();
        }
    }
}
