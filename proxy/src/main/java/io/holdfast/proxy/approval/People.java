package io.holdfast.proxy.approval;

import io.holdfast.config.PersonConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured persons. Immutable. */
public final class People {
    private final Map<String, Person> byName = new HashMap<>();
    private final Map<String, Person> byUser = new HashMap<>();

    /** @throws IllegalArgumentException if a name or a PostgreSQL user is there twice: two approvals could then be one person's */
    public People(List<PersonConfig> configured) {
        for (PersonConfig config : configured) {
            Person person = new Person(config.name(), config.postgres(), config.approves(), config.breaksGlass());
            if (byName.putIfAbsent(person.name(), person) != null) {
                throw new IllegalArgumentException("person: " + person.name() + " (expected: only once)");
            }
            for (String user : person.postgresUsers()) {
                if (byUser.putIfAbsent(user, person) != null) {
                    throw new IllegalArgumentException("postgres user: " + user + " (expected: of one person)");
                }
            }
        }
    }

    /** Whose user this is; empty if it belongs to nobody, such as an application's. */
    public Optional<Person> byPostgresUser(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    /** The person with exactly this name. */
    public Optional<Person> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
