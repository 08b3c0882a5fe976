package io.holdfast.proxy.notify;

import io.holdfast.config.PersonConfig;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has which Slack id. Immutable. */
public final class SlackPeople {
    private final Map<String, Person> byId = new HashMap<>();
    private final List<String> without;

    /** Those of the people who have one. */
    public SlackPeople(List<PersonConfig> configured, People people) {
        for (PersonConfig person : configured) {
            if (person.slack() != null) {
                people.byName(person.name()).ifPresent(known -> byId.put(person.slack(), known));
            }
        }
        without = configured.stream()
                .filter(person -> person.approves() && person.slack() == null)
                .map(PersonConfig::name)
                .toList();
    }

    /** Whose member id this is; empty: nobody's. */
    public Optional<Person> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Names of those who may decide, but not in Slack. */
    public List<String> withoutSlack() {
        return without;
    }
}
