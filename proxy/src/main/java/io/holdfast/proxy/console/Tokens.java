package io.holdfast.proxy.console;

import io.holdfast.config.PersonConfig;
import io.holdfast.proxy.approval.LoginObserver;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which token. Only hashes are kept, and looked up by: how long that takes says nothing of a token, and whoever reads the
 * configuration has none. Safe for use by many threads.
 */
public final class Tokens {
    private final Map<String, Person> byHash = new HashMap<>();
    private final LoginObserver observer;
    private final LoginThrottle throttle;

    /** Those of the people who have one; nobody looks at who shows them. */
    public Tokens(List<PersonConfig> configured, People people) {
        this(configured, people, LoginObserver.NONE, new LoginThrottle(System::nanoTime));
    }

    /**
     * Those of the people who have one.
     *
     * @param observer of who shows one; told by those who ask for them
     * @param throttle of who shows others over HTTP
     */
    public Tokens(List<PersonConfig> configured, People people, LoginObserver observer, LoginThrottle throttle) {
        this.observer = observer;
        this.throttle = throttle;
        for (PersonConfig person : configured) {
            if (person.token() != null) {
                people.byName(person.name()).ifPresent(known -> byHash.put(person.token(), known));
            }
        }
    }

    /** To be told of who has shown one. */
    public LoginObserver observer() {
        return observer;
    }

    /** Of guesses over HTTP; the web page has its own, so that a script that is wrong keeps nobody from logging in there. */
    public LoginThrottle throttle() {
        return throttle;
    }

    /** Whose token this is; empty: nobody's. */
    public Optional<Person> person(String token) {
        return personByHash(hash(token));
    }

    /** Whose token has this hash; empty: nobody's, or nobody's any more. */
    public Optional<Person> personByHash(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** SHA-256, lower-case hexadecimal. Enough for what is random; a password would need a slow hash. */
    public static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
