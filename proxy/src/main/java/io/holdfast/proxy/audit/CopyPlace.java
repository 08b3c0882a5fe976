package io.holdfast.proxy.audit;

import io.holdfast.proxy.audit.AuditCopy.Chain;
import io.holdfast.proxy.audit.CopyComparison.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the copy of a log ends, and what comes next.
 *
 * @param chain to which the next entry is added
 * @param after number of the entry behind which that is
 * @param head hash of that entry; null: the chain begins here, with whatever comes
 */
record CopyPlace(int chain, long after, @Nullable String head) {
    /** What is found out before copying goes on. */
    sealed interface Search {
        /** The log has the last entry of a chain, or nothing was copied yet. */
        record GoesOn(CopyPlace place) implements Search {}

        /**
         * It has the end of no chain.
         *
         * @param first where it differs from the newest
         */
        record Breaks(CopyPlace place, Result.Differs first) implements Search {}
    }

    static Search find(Path file, AuditCopy copy, String proxy) throws IOException {
        List<Chain> chains = copy.chains(proxy);
        for (Chain chain : chains) {
            if (isIn(file, chain)) {
                return new Search.GoesOn(new CopyPlace(chain.number(), chain.last(), chain.head()));
            }
        }
        if (chains.isEmpty()) {
            return new Search.GoesOn(new CopyPlace(1, 0, null));
        }
        Chain newest = chains.getFirst();
        return switch (CopyComparison.of(file, copy, proxy, newest)) {
            case Result.Same _ -> // its end was put away with an older part, and the log goes on behind it
                new Search.GoesOn(new CopyPlace(newest.number(), newest.last(), newest.head()));
            case Result.Differs differs ->
                new Search.Breaks(new CopyPlace(newest.number() + 1, differs.seq() - 1, null), differs);
        };
    }

    private static boolean isIn(Path file, Chain chain) throws IOException {
        try (LogFollower log = new LogFollower(file, chain.last() - 1)) {
            LogLine line = log.peek(chain.last());
            return line != null && line.hash().equals(chain.head());
        }
    }

    /** Whether that line is the one that is to be added. */
    boolean isFollowedBy(LogLine line) {
        return head == null ? line.seq() > after : line.follows(after, head);
    }

    /** Behind that line. */
    CopyPlace behind(LogLine line) {
        return new CopyPlace(chain, line.seq(), line.hash());
    }
}
