package io.holdfast.proxy.cli;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.audit.AuditCopy;
import io.holdfast.proxy.audit.AuditCopy.Chain;
import io.holdfast.proxy.audit.AuditRecord;
import io.holdfast.proxy.audit.AuditVerifier.Note;
import io.holdfast.proxy.audit.CopyComparison;
import io.holdfast.proxy.audit.CopyComparison.Result;
import io.holdfast.proxy.store.AuditCopies;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code holdfast audit verify --copy}: is the log what was copied of it?
 *
 * @param proxy its name in the copy
 * @param only number of the chain that is compared; 0: all of them
 */
record CopyCheck(Path file, String proxy, int only, PrintWriter out, PrintWriter err) {
    /** Says what was found, and gives the exit code. */
    int run(ControlStoreConfig.Shared store, @Nullable Note note) throws IOException {
        try (AuditCopy copy = AuditCopies.forReading(store).open()) {
            List<Chain> chains = copy.chains(proxy).stream()
                    .filter(chain -> only == 0 || chain.number() == only)
                    .toList();
            int intact = AuditVerifyCommand.verify(file, note == null ? oldest(copy, chains) : note, out, err);
            if (chains.isEmpty()) {
                err.println("the copy has no " + (only == 0 ? "entry" : "chain " + only) + " of " + proxy);
                return AuditVerifyCommand.BROKEN;
            }
            int same = AuditVerifyCommand.INTACT;
            for (Chain chain : chains) {
                same = Math.max(same, compare(copy, chain));
            }
            if (same != AuditVerifyCommand.INTACT && chains.size() > 1) {
                err.println("the copy has " + chains.size() + " chains of " + proxy
                        + "; if the log was begun anew on purpose, give the newest: --chain "
                        + chains.getFirst().number());
            }
            return Math.max(intact, same);
        }
    }

    /** What the copy has of the line before the oldest that is here; null: nothing, or it is line 1 that is here. */
    private @Nullable Note oldest(AuditCopy copy, List<Chain> chains) throws IOException {
        long before = CopyComparison.oldest(file) - 1;
        for (Chain chain : chains) {
            if (before >= Math.max(1, chain.first()) && before <= chain.last()) {
                for (AuditCopy.Row row : copy.rows(proxy, chain.number(), before)) {
                    return row.seq() == before ? new Note(before, row.hash()) : null;
                }
            }
        }
        return null;
    }

    private int compare(AuditCopy copy, Chain chain) throws IOException {
        return switch (CopyComparison.of(file, copy, proxy, chain)) {
            case Result.Same same -> {
                out.println("copy" + name(chain) + ": " + words(same));
                yield AuditVerifyCommand.INTACT;
            }
            case Result.Differs(long seq, var why, var copied) -> {
                err.println("differs from the copy" + name(chain) + " at entry " + seq + ": " + why);
                if (copied != null) {
                    err.println("the copy has: "
                            + AuditRecord.of(copied)
                                    .map(AuditLine::of)
                                    .orElse("")
                                    .strip());
                }
                yield AuditVerifyCommand.BROKEN;
            }
        };
    }

    private String name(Chain chain) {
        return " of " + proxy + (chain.number() == 1 ? "" : ", chain " + chain.number());
    }

    private static String words(Result.Same same) {
        String both = same.first() > same.last()
                ? "it ends before what is here"
                : "the same, entries " + same.first() + " to " + same.last();
        return both
                + (same.onlyCopied() > 0 ? "; " + same.onlyCopied() + " older ones only there" : "")
                + (same.notCopied() > 0 ? "; " + same.notCopied() + " not copied yet" : "");
    }
}
