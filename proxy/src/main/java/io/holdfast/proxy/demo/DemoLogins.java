package io.holdfast.proxy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accounts of the demo and their passwords.
 *
 * @param passwords in clear text, by role
 */
record DemoLogins(Map<String, String> passwords) {
    static final String SUPERUSER = "postgres";
    /** The proxy's own account. */
    static final String PROXY = "holdfast";

    static final List<String> DEVELOPERS = List.of("ana", "bo");
    static final List<String> OPERATORS = List.of("cy", "di");

    /** What can be told apart and pasted into a URL. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 12;

    DemoLogins {
        passwords = Map.copyOf(passwords);
        if (!passwords.keySet().equals(roles().collect(Collectors.toSet()))) {
            throw new IllegalArgumentException(
                    "passwords: for " + passwords.keySet() + " (expected: for " + roles().toList() + ')');
        }
    }

    @Override
    public String toString() {
        return "DemoLogins" + passwords.keySet();
    }

    String password(String role) {
        String password = passwords.get(role);
        if (password == null) {
            throw new IllegalArgumentException("role: " + role + " (expected: one of " + passwords.keySet() + ')');
        }
        return password;
    }

    /** The same password for everybody, for tests and scripts. */
    static DemoLogins fixed(String password) {
        return new DemoLogins(roles().collect(Collectors.toMap(role -> role, role -> password)));
    }

    static DemoLogins random() {
        var random = new SecureRandom();
        return new DemoLogins(roles().collect(Collectors.toMap(
                role -> role,
                role -> random.ints(LENGTH, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining()))));
    }

    /** A demo that is continued has the passwords it had: they are kept in a file that only its owner may read. */
    static DemoLogins keptIn(Path file) throws IOException {
        var kept = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
            return new DemoLogins(
                    kept.stringPropertyNames().stream().collect(Collectors.toMap(role -> role, kept::getProperty)));
        }
        DemoLogins logins = random();
        kept.putAll(logins.passwords);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var writer = Files.newBufferedWriter(file)) {
            kept.store(writer, "Passwords of the Holdfast demo");
        }
        return logins;
    }

    private static Stream<String> roles() {
        return Stream.of(Stream.of(SUPERUSER, PROXY), DEVELOPERS.stream(), OPERATORS.stream())
                .flatMap(part -> part);
    }
}
