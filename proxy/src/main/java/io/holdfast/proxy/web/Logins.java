package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.Tokens;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Who is logged in. Kept in memory, so a restart ends every login. Ids are made here and nowhere else, one for each login, and looked up
 * by their hash. A login lasts while its token is its person's. Safe for use by many threads.
 */
final class Logins {
    /** Ends a login that is not used; what a page fetches by itself is no use. */
    static final Duration IDLE = Duration.ofHours(2);

    /** Ends every login: a shift. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** One more ends the one that was used least recently. */
    static final int MOST = 1_000;

    /** The same of one person. */
    static final int MOST_PER_PERSON = 10;

    private final Function<String, Optional<Person>> people;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    /** By the hash of the id; the one that was used least recently comes first. */
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Entry {
        final String tokenHash;
        final String formToken;
        final long since;
        long used;

        Entry(String tokenHash, String formToken, long since) {
            this.tokenHash = tokenHash;
            this.formToken = formToken;
            this.since = since;
            this.used = since;
        }

        boolean isOver(long now) {
            return now - used >= IDLE.toNanos() || now - since >= LONGEST.toNanos();
        }
    }

    /**
     * Nobody yet.
     *
     * @param people whose token has this hash now; empty: nobody's any more
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    Logins(Function<String, Optional<Person>> people, LongSupplier nanoTime, RandomGenerator random) {
        this.people = people;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Logs in whoever has this token, and gives the new id; empty: it is nobody's. */
    synchronized Optional<String> open(String token) {
        String tokenHash = Tokens.hash(token);
        if (people.apply(tokenHash).isEmpty()) {
            return Optional.empty();
        }
        makeRoom(tokenHash);
        String id = Secret.next(random);
        entries.put(Tokens.hash(id), new Entry(tokenHash, Secret.next(random), nanoTime.getAsLong()));
        return Optional.of(id);
    }

    /** Whose login this is; it stays for another while. Empty: there is none, or none any more. */
    synchronized Optional<Login> use(String id) {
        Optional<Login> login = look(id);
        Entry entry = entries.get(Tokens.hash(id));
        if (entry != null) {
            entry.used = nanoTime.getAsLong();
        }
        return login;
    }

    /** The same, but it does not count as a use. */
    synchronized Optional<Login> look(String id) {
        String key = Tokens.hash(id);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Optional<Person> person = entry.isOver(nanoTime.getAsLong()) ? Optional.empty() : people.apply(entry.tokenHash);
        if (person.isEmpty()) {
            entries.remove(key);
        }
        return person.map(who -> new Login(who, entry.formToken));
    }

    /** Logs out. */
    synchronized void end(String id) {
        entries.remove(Tokens.hash(id));
    }

    private void makeRoom(String tokenHash) {
        long now = nanoTime.getAsLong();
        entries.values().removeIf(entry -> entry.isOver(now));
        List<Entry> own = entries.values().stream()
                .filter(entry -> entry.tokenHash.equals(tokenHash))
                .toList();
        if (own.size() >= MOST_PER_PERSON) {
            entries.values().remove(own.getFirst());
        }
        if (entries.size() >= MOST) {
            entries.pollFirstEntry();
        }
    }
}
