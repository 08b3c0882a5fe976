package io.holdfast.proxy.targets;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a value is the address of a database, and makes a finding of it. */
final class Addresses {
    private static final Pattern UNKNOWN_SCHEME =
            Pattern.compile("(?s)[a-z0-9+.-]*postgres[a-z0-9+.-]*:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME =
            Pattern.compile("(?s)(?<driver>(?:jdbc|r2dbc):)?(?<product>[a-z0-9+._-]+):.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCRYPTED = Pattern.compile("(?s)(?:ENC\\(|\\{cipher}).*");

    private final Targets targets;

    Addresses(Targets targets) {
        this.targets = targets;
    }

    /**
     * Of one value.
     *
     * @param named whether its name says that it should be one
     * @param complete adds the login that stands elsewhere
     * @return empty: it is none, or Testcontainers will start it
     */
    Optional<Finding> read(String name, String value, boolean named, UnaryOperator<Settings> complete) {
        if (TargetUrl.isOwnContainer(value)) {
            return Optional.empty();
        }
        if (TargetUrl.looksLike(value) && (named || TargetUrl.isAddress(value))) {
            return Gap.finding(name, value)
                    .or(() -> Optional.of(finding(name, () -> {
                        Settings said = complete.apply(TargetUrl.read(value));
                        return TargetUrl.isJdbc(value) ? targets.ofJdbc(said) : targets.ofLibpq(said);
                    })));
        }
        if (named && (Gap.isAll(value) || isEncrypted(value))) {
            return Gap.finding(name, value)
                    .or(() -> Optional.of(
                            new Finding.Unreadable(name, "it is encrypted, so it cannot be asked what it is")));
        }
        if (named && Dsn.looksLike(value)) {
            return Gap.finding(name, value)
                    .or(() -> Optional.of(finding(name, () -> targets.ofLibpq(complete.apply(Dsn.read(value))))));
        }
        if (named && UNKNOWN_SCHEME.matcher(value.strip()).matches()) { // prisma+postgres: and what comes next
            return Optional.of(
                    new Finding.Unreadable(name, "its scheme is not known, so it cannot be asked what it is"));
        }
        return other(name, value, named);
    }

    static boolean isEncrypted(String value) {
        return ENCRYPTED.matcher(value).matches();
    }

    /** Another product's, which is said lest somebody think it was asked. */
    private static Optional<Finding> other(String name, String value, boolean named) {
        Matcher scheme = SCHEME.matcher(value.strip());
        if (!scheme.matches() || (scheme.group("driver") == null && !named)) {
            return Optional.empty();
        }
        String product = scheme.group("product");
        return Product.of(product) == Product.OTHER
                ? Optional.of(new Finding.PassedOver(name, "it is for " + product + ", not for PostgreSQL"))
                : Optional.empty();
    }

    /** Something that is read, or not. */
    interface Reading {
        Target read() throws TargetProblem;
    }

    static Finding finding(String name, Reading reading) {
        try {
            Target target = reading.read();
            return Gap.finding(name, target.servers().toString() + target.database())
                    .orElseGet(() -> new Finding.Database(name, target));
        } catch (TargetProblem e) {
            return new Finding.Unreadable(name, e);
        }
    }
}
