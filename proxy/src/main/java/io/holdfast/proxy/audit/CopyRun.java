package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copying over one connection, for one thread. Whenever it fails, another one begins where the copy ends then. */
final class CopyRun implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyRun.class);
    private static final int BATCH_LINES = 500;
    private static final int BATCH_CHARS = 1 << 20;

    private final String proxy;
    private final Path file;
    private final AuditCopy copy;
    private final Runnable broken;
    private CopyPlace place;
    private LogFollower log;

    private CopyRun(String proxy, Path file, AuditCopy copy, Runnable broken, CopyPlace place) throws IOException {
        this.proxy = proxy;
        this.file = file;
        this.copy = copy;
        this.broken = broken;
        this.place = place;
        this.log = new LogFollower(file, place.after());
    }

    /** @param broken told when the log does not go on as the copy knows it */
    static CopyRun begin(String proxy, Path file, AuditCopy copy, Runnable broken) throws IOException {
        return switch (CopyPlace.find(file, copy, proxy)) {
            case CopyPlace.Search.GoesOn(var place) -> new CopyRun(proxy, file, copy, broken, place);
            case CopyPlace.Search.Breaks(var place, var first) -> {
                tell(broken, place, first.seq(), first.why());
                yield new CopyRun(proxy, file, copy, broken, place);
            }
        };
    }

    /** Number of the last entry that the copy has. */
    long copied() {
        return place.after();
    }

    /**
     * Copies some entries.
     *
     * @param most number of the last one that is on disk
     * @return false: there are none
     */
    boolean advance(long most) throws IOException {
        if (place.after() >= most) {
            return false;
        }
        if (next(most) == null) { // what was read may have been taken back, by a write that failed: look again
            log.close();
            log = new LogFollower(file, place.after());
        }
        if (next(most) == null && log.peek(most) != null) {
            breakOff();
        }
        List<LogLine> batch = new ArrayList<>();
        CopyPlace end = place;
        int chars = 0;
        for (LogLine line = next(most);
                line != null && end.isFollowedBy(line) && batch.size() < BATCH_LINES && chars < BATCH_CHARS;
                line = log.peek(most)) {
            batch.add(line);
            chars += line.text().length();
            end = end.behind(line);
            log.take();
        }
        if (!batch.isEmpty()) {
            copy.append(proxy, end.chain(), batch);
            place = end;
        }
        return !batch.isEmpty();
    }

    /** The line that comes next in the chain, if it is the one that comes next in the log. */
    private @Nullable LogLine next(long most) throws IOException {
        LogLine line = log.peek(most);
        return line != null && place.isFollowedBy(line) ? line : null;
    }

    private void breakOff() throws IOException {
        int newest = copy.chains(proxy).stream()
                .mapToInt(AuditCopy.Chain::number)
                .max()
                .orElse(0);
        CopyPlace other = new CopyPlace(Math.max(newest, place.chain()) + 1, place.after(), null);
        tell(broken, other, place.after() + 1, "it does not follow from the one before");
        place = other;
    }

    private static void tell(Runnable broken, CopyPlace next, long first, String why) {
        LOG.error(
                "The audit log is not what was copied of it; entry {}: {}. What was copied stays; chain {} of the copy begins.",
                first,
                why,
                next.chain());
        broken.run();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
