package io.holdfast.proxy.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cancel keys that clients were given: our own, random, and never a server's. Thread-safe.
 *
 * <p>A proxy that has peers puts its id into the process id, so that whichever of them a CancelRequest reaches knows whom it is
 * for: {@code 0, fresh, 8 bits id, 22 random bits}. With the 32 random bits that protocol 3.0 leaves for the secret, a guess
 * hits one given session once in 2^54. A request that has been forwarded is not fresh any more and goes no further, whatever the
 * proxies think of each other's ids.
 */
public final class CancelKeys {
    /** Protocol 3.2 and later; PostgreSQL 18 sends as many. */
    private static final int LONG_SECRET = 32;

    private static final int SHORT_SECRET = 4;

    private static final int FRESH = 1 << 30;
    private static final int ID_SHIFT = 22;
    private static final int ID_MASK = 0xff;

    /** Cancels what one session does. */
    @FunctionalInterface
    public interface Canceller {
        /** Begins to cancel; {@code done} is called, on any thread, when the request has been dealt with. */
        void cancel(Runnable done);
    }

    private record Target(BackendKey key, Canceller canceller) {}

    private final int self;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<Integer, Target> targets = new ConcurrentHashMap<>();

    /** Of a proxy that is alone. */
    public CancelKeys() {
        this(0);
    }

    /** @param self id of this proxy among its peers, 1..255; 0: it has none */
    public CancelKeys(int self) {
        this.self = self;
    }

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
            int processId = self == 0
                    ? 1 + random.nextInt(Integer.MAX_VALUE - 1)
                    : FRESH | self << ID_SHIFT | random.nextInt(1 << ID_SHIFT);
            BackendKey key = new BackendKey(processId, secret);
            if (targets.putIfAbsent(processId, new Target(key, canceller)) == null) {
                return key;
            }
        }
    }

    public void revoke(BackendKey key) {
        targets.remove(key.processId());
    }

    /** The peer that has issued a key and is to be told; 0: none, the key is ours or has been forwarded. */
    public int issuer(int processId) {
        boolean fresh = processId > 0 && (processId & FRESH) != 0;
        int id = processId >> ID_SHIFT & ID_MASK;
        return self == 0 || !fresh || id == self ? 0 : id;
    }

    /** The process id to tell a peer. */
    public static int forwarded(int processId) {
        return processId & ~FRESH;
    }

    /** Cancels what the key's session does; a wrong key does nothing and says nothing. {@code done} is called either way. */
    public void present(int processId, byte[] secret, Runnable done) {
        Target target = targets.get(self == 0 ? processId : processId | FRESH);
        if (target != null && MessageDigest.isEqual(target.key.secret(), secret)) {
            target.canceller.cancel(done);
        } else {
            done.run();
        }
    }
}
