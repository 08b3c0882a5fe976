package io.holdfast.proxy.targets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connection settings by libpq's names: {@code host}, {@code port}, {@code dbname}. Several hosts are divided by commas. */
final class Settings {
    /** What pgjdbc takes under the same name and with the same meaning; a key in PEM it does not. */
    private static final List<String> TLS = List.of("sslmode", "sslrootcert");

    private final Map<String, String> values = new TreeMap<>();
    private boolean loginHidden;
    private boolean passwordLacking;

    /** Sets it, unless it is set. */
    Settings orElse(String name, String value) {
        if (!value.isEmpty()) {
            values.putIfAbsent(name, value);
        }
        return this;
    }

    /** Sets what is not set. */
    Settings orElse(Settings others) {
        others.values.forEach(values::putIfAbsent);
        loginHidden |= others.loginHidden;
        passwordLacking |= others.passwordLacking;
        return this;
    }

    Settings set(String name, String value) {
        values.put(name, value);
        return this;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The command has a user or a password that is not known here: code makes it, or it is encrypted. */
    Settings hideLogin() {
        loginHidden = true;
        return this;
    }

    /** The command has no password: where it would be said, it is not, or its variable is not set. */
    Settings lackPassword() {
        passwordLacking = true;
        return this;
    }

    /** Whether the command can have no other login. A password that is said nowhere may be in a place of the program's own. */
    boolean isLoginKnown() {
        return !loginHidden && (passwordLacking || values.containsKey("password"));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Map<String, String> tls() {
        Map<String, String> tls = new TreeMap<>();
        TLS.forEach(name -> get(name).ifPresent(value -> tls.put(name, value)));
        return tls;
    }
}
