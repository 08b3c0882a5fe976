package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import java.util.List;

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
}
