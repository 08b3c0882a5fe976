package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import java.util.List;
import java.util.function.BiConsumer;

/** The people of the file, for those parts of it that speak of them. */
record People(List<PersonConfig> all) {
    /** Whether somebody has this name. */
    boolean has(String name) {
        return all.stream().anyMatch(person -> person.name().equals(name));
    }

    /** Whether somebody who may decide has a Slack id. */
    boolean someoneDecidesInSlack() {
        return all.stream().anyMatch(person -> person.approves() && person.slack() != null);
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
}
