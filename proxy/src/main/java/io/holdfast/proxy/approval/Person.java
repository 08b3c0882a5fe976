package io.holdfast.proxy.approval;

import java.util.Set;

/**
 * A human, however many accounts they have.
 *
 * @param name unique
 * @param postgresUsers the PostgreSQL users this person logs in as
 * @param mayApprove whether this person may decide holds
 * @param mayBreakGlass whether this person may release a hold alone
 */
public record Person(String name, Set<String> postgresUsers, boolean mayApprove, boolean mayBreakGlass) {
    public Person {
        postgresUsers = Set.copyOf(postgresUsers);
    }

    /** Somebody who releases nothing alone. */
    public Person(String name, Set<String> postgresUsers, boolean mayApprove) {
        this(name, postgresUsers, mayApprove, false);
    }
}
