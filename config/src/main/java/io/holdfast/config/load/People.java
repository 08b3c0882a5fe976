package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Section {@code people}. Whatever identifies a person must belong to that person alone, or two approvals could be one's. */
record People(List<PersonConfig> all) {
    static People read(List<Value> values) {
        List<PersonConfig> people = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, String> users = new HashMap<>();
        Map<String, String> slackIds = new HashMap<>();
        for (Value value : values) {
            Section person = value.section(List.of("name", "slack", "postgres", "approves"));
            String name = person.required("name", Kinds.TEXT, "");
            claim(names, name, value.path(), person, "name");
            Set<String> postgres = new TreeSet<>(person.get("postgres")
                    .map(given -> given.oneOrMore(Kinds.TEXT))
                    .orElse(List.of(name)));
            postgres.forEach(user -> claim(users, user, name, person, "postgres"));
            String slack =
                    person.get("slack").flatMap(id -> id.as(Kinds.SLACK_ID)).orElse(null);
            if (slack != null) {
                claim(slackIds, slack, name, person, "slack");
            }
            people.add(new PersonConfig(name, postgres, slack, person.value("approves", Kinds.BOOLEAN, false)));
        }
        return new People(List.copyOf(people));
    }

    /** Whether somebody has this name. */
    boolean has(String name) {
        return all.stream().anyMatch(person -> person.name().equals(name));
    }

    /** Reports (found, expected) if these people cannot give so many approvals. */
    void checkEnough(int approvals, BiConsumer<String, String> problems) {
        long approvers = all.stream().filter(PersonConfig::approves).count();
        if (approvals > approvers) {
            problems.accept(
                    "needs " + approvals + " approvals, but " + approvers + " of the people may approve",
                    "at least " + approvals + " people with approves: true");
        }
    }

    private static void claim(Map<String, String> owners, String what, String owner, Section person, String key) {
        String other = what.isEmpty() ? null : owners.putIfAbsent(what, owner);
        // Two people of one name are reported as that, not also for the user both have by default.
        if (other != null && !other.equals(owner)) {
            person.problem(
                    key, '\'' + what + "', which already belongs to " + other, "one that belongs to nobody else");
        }
    }
}
