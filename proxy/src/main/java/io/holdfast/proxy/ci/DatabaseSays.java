package io.holdfast.proxy.ci;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a database says that it is. */
public sealed interface DatabaseSays {
    /** It says so. */
    record Is(Evidence evidence) implements DatabaseSays {}

    /** It was asked, and says nothing. */
    record Nothing() implements DatabaseSays {}

    /**
     * It could not be asked, or not about everything.
     *
     * @param why one line, no full stop
     */
    record Unknown(String why) implements DatabaseSays {}

    /**
     * Weighs what was found. The strictest word counts. What could not be read might have been stricter than all but {@code
     * production}. A database that says nothing of itself is what the strictest of its neighbours is, if that is not local: whoever can
     * log in to one database of a server can drop the others.
     *
     * @param own what the database says of itself
     * @param neighbours what other databases of the server say of themselves
     * @param problems why something that the database may have to say could not be read
     */
    static DatabaseSays of(List<Evidence> own, List<Evidence> neighbours, List<String> problems) {
        Optional<Evidence> strictest = strictest(own);
        if (strictest.isPresent() && Standing.isProduction(strictest.get().environment())) {
            return new Is(strictest.get());
        }
        if (!problems.isEmpty()) {
            return new Unknown(String.join("; ", problems));
        }
        return strictest
                .or(() -> strictest(neighbours).filter(evidence -> !Standing.isLocal(evidence.environment())))
                .<DatabaseSays>map(Is::new)
                .orElseGet(Nothing::new);
    }

    private static Optional<Evidence> strictest(List<Evidence> evidence) {
        return evidence.stream().min(Comparator.comparing(Evidence::environment, Standing.STRICTEST_FIRST));
    }
}
