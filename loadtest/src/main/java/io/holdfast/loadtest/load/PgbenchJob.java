package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Servers;
import java.util.List;

/**
 * What pgbench does.
 *
 * @param workload its options that say which transactions, such as {@code -S}
 * @param mode simple, extended or prepared
 * @param clients at one time
 * @param seconds that its transactions take, at least
 * @param reconnect whether each transaction has a connection of its own
 * @param user who logs in
 */
public record PgbenchJob(List<String> workload, String mode, int clients, int seconds, boolean reconnect, String user) {
    /** How queries can be sent. */
    public static final List<String> MODES = List.of("simple", "extended", "prepared");

    /** {@code pgbench -S}: reads one row of pgbench_accounts by its key. */
    public static final List<String> POINT_READS = List.of("-S");

    /** That are sure to be done, even by TLS on a small machine. */
    private static final int LOGINS_IN_SECOND = 32;

    public PgbenchJob {
        workload = List.copyOf(workload);
    }

    /** By clients that stay connected. */
    public static PgbenchJob of(List<String> workload, String mode, int clients, int seconds) {
        return new PgbenchJob(workload, mode, clients, seconds, false, Servers.USER);
    }

    /**
     * What pgbench is told. It counts the first logins into its time, and hundreds of them by SCRAM take seconds: without more time, too
     * little of it, or none, would be left for transactions.
     */
    int pgbenchSeconds() {
        return reconnect ? seconds : seconds + 1 + clients / LOGINS_IN_SECOND;
    }

    /** The same for so long. */
    public PgbenchJob lasting(int otherSeconds) {
        return new PgbenchJob(workload, mode, clients, otherSeconds, reconnect, user);
    }
}
