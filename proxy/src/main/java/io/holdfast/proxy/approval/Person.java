package io.holdfast.proxy.approval;

import java.util.Set;

/**
 * A human, however many accounts they have.
 *
 * @param name unique
 * @param postgresUsers the PostgreSQL users this person logs in as
 * @param mayApprove whether this person may decide holds
 */
public record Person(String name, Set<String> postgresUsers, boolean mayApprove) {
    public Person {
        postgresUsers = Set.copyOf(postgresUsers);
    }
}
