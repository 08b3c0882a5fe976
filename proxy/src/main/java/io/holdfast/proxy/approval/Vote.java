package io.holdfast.proxy.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's decision.
 *
 * @param person name
 * @param reason null: none given
 * @param at wall clock, for display
 */
public record Vote(String person, Kind kind, @Nullable String reason, Instant at, Channel channel) {
    /** What was decided. */
    public enum Kind {
        APPROVE,
        DENY,
        /** Releases it alone, in an emergency; always with a reason. */
        BREAK_GLASS
    }

    /**
     * One of as many as it takes, or a denial.
     *
     * @param approves false: denies
     */
    public Vote(String person, boolean approves, @Nullable String reason, Instant at, Channel channel) {
        this(person, approves ? Kind.APPROVE : Kind.DENY, reason, at, channel);
    }

    /** False: it denies. */
    public boolean approves() {
        return kind != Kind.DENY;
    }

    /** Whether it lets the statement run without anybody else. */
    public boolean breaksGlass() {
        return kind == Kind.BREAK_GLASS;
    }

    /** For people and programs: {@code approve}, {@code deny} or {@code break-glass}. */
    public String verdict() {
        return switch (kind) {
            case APPROVE -> "approve";
            case DENY -> "deny";
            case BREAK_GLASS -> "break-glass";
        };
    }
}
