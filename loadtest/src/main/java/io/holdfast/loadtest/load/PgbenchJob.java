package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Servers;
import java.util.List;

/**
 * What pgbench does.
 *
 * @param workload its options that say which transactions, such as {@code -S}
 * @param mode simple, extended or prepared
 * @param clients at one time
 * @param seconds that it takes
 * @param reconnect whether each transaction has a connection of its own
 * @param user who logs in
 */
public record PgbenchJob(List<String> workload, String mode, int clients, int seconds, boolean reconnect, String user) {
    /** How queries can be sent. */
    public static final List<String> MODES = List.of("simple", "extended", "prepared");

    /** {@code pgbench -S}: reads one row of pgbench_accounts by its key. */
    public static final List<String> POINT_READS = List.of("-S");

    public PgbenchJob {
        workload = List.copyOf(workload);
    }

    /** By clients that stay connected. */
    public static PgbenchJob of(List<String> workload, String mode, int clients, int seconds) {
        return new PgbenchJob(workload, mode, clients, seconds, false, Servers.USER);
    }

    /** The same for so long. */
    public PgbenchJob lasting(int otherSeconds) {
        return new PgbenchJob(workload, mode, clients, otherSeconds, reconnect, user);
    }
}
