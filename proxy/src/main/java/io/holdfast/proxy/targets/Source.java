package io.holdfast.proxy.targets;

import java.util.List;
import java.util.Map;

/** A kind of place where the databases of a command are named. */
interface Source {
    /** What is named there. A file that is not there is passed over; one that cannot be read is a finding, too. */
    List<Finding> find(Surroundings around);

    /**
     * Logins that frameworks add to addresses which come from variables, by the names of variables that would say the same: a project's
     * file may have user and password, and {@code SPRING_DATASOURCE_URL} only the address.
     */
    default Map<String, String> logins(Surroundings around) {
        return Map.of();
    }
}
