package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Section {@code people}. What identifies a person must not identify another, or two approvals could be one person's. */
final class PeopleReader {
    private static final List<String> KEYS = List.of("name", "slack", "postgres", "approves");

    private final Once names = new Once("each name once");
    private final Once users = new Once("each PostgreSQL user with one person");
    private final Once slackIds = new Once("each Slack id with one person");

    private PeopleReader() {}

    static People read(List<Value> values) {
        PeopleReader reader = new PeopleReader();
        return new People(
                values.stream().map(value -> reader.person(value.section(KEYS))).toList());
    }

    private PersonConfig person(Section person) {
        Optional<Value> nameValue = person.required("name", Kinds.TEXT.expected());
        Optional<String> name = nameValue.flatMap(value -> value.as(Kinds.TEXT));
        boolean newName = name.isPresent() && names.add(name.get(), nameValue.get());
        Set<String> postgres = new HashSet<>();
        Optional<Value> usersValue = person.get("postgres").or(() -> newName ? nameValue : Optional.empty());
        for (Value value :
                usersValue.map(given -> given.elements(Kinds.TEXT.expected())).orElse(List.of())) {
            value.as(Kinds.TEXT).filter(user -> users.add(user, value)).ifPresent(postgres::add);
        }
        Optional<Value> slackValue = person.get("slack");
        Optional<String> slack = slackValue.flatMap(value -> value.as(Kinds.SLACK_ID));
        slack.ifPresent(id -> slackIds.add(id, slackValue.get()));
        return new PersonConfig(
                name.orElse(""), postgres, slack.orElse(null), person.value("approves", Kinds.BOOLEAN, false));
    }
}
