package io.holdfast.proxy.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.LoginObserver;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who has logged in to the web page, the API and the console, and who has tried to. Anybody can try, and a script shows its token
 * with every request: what is like an entry of the last minute (of an API that somebody was let in to, the last hour) is counted, and the
 * next entry says how many there were. So are failures above sixty a minute, whoever they are of.
 */
public final class LoginAudit implements LoginObserver {
    static final Duration ALIKE = Duration.ofMinutes(1);
    static final Duration ALIKE_API = Duration.ofHours(1);
    static final int MOST_FAILURES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(LoginAudit.class);
    private static final int MOST_KEYS = 10_000;
    /** No user has a longer name, and whoever makes one up shall not fill the memory. */
    private static final int LONGEST_USER = 63;

    private record Attempt(
            Result result, Channel channel, @Nullable String person, String user, String address) {}

    /** When the next like it is written, and how many were not. */
    private static final class Count {
        private Instant next = Instant.MIN;
        private int untold;
    }

    private final AuditLog audit;
    private final InstantSource clock;
    private final Cache<Attempt, Count> counts =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();
    private Instant windowEnds = Instant.MIN;
    private int failures;
    private int untoldFailures;

    public LoginAudit(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public synchronized void observed(
            Result result, Channel channel, @Nullable String person, String user, String address) {
        String shown = user.length() > LONGEST_USER ? user.substring(0, LONGEST_USER) + "..." : user;
        Attempt attempt = new Attempt(result, channel, person, shown, address);
        Instant now = clock.instant();
        Count count = counts.get(attempt, key -> new Count());
        if (now.isBefore(count.next)) {
            count.untold++;
            return;
        }
        if (result != Result.SUCCEEDED && isTooMany(now)) {
            untoldFailures++;
            return;
        }
        write(attempt, now, note(count.untold));
        count.untold = 0;
        count.next = now.plus(result == Result.SUCCEEDED && channel == Channel.HTTP ? ALIKE_API : ALIKE);
    }

    private boolean isTooMany(Instant now) {
        if (!now.isBefore(windowEnds)) {
            windowEnds = now.plus(ALIKE);
            failures = 0;
        }
        failures++;
        return failures > MOST_FAILURES;
    }

    private String note(int alike) {
        String note = alike == 0 ? "" : "and " + alike + " like it before";
        if (untoldFailures > 0) {
            note += (note.isEmpty() ? "" : "; ") + untoldFailures + " other failures are not on record one by one";
            untoldFailures = 0;
        }
        return note;
    }

    private void write(Attempt attempt, Instant now, String note) {
        Kind kind = switch (attempt.result()) {
            case SUCCEEDED -> Kind.LOGIN;
            case FAILED -> Kind.LOGIN_FAILED;
            case THROTTLED -> Kind.LOGIN_THROTTLED;
        };
        Client client = new Client("", attempt.user(), attempt.person(), attempt.address(), "", "");
        AuditEntry entry = AuditEntry.of(now, kind, client, null)
                .withChannel(attempt.channel())
                .withNote(note.isEmpty() ? null : note);
        if (!audit.offer(entry)) {
            LOG.error("Not on record: {} from {}.", kind, attempt.address());
        }
    }
}
