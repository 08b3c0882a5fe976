package io.holdfast.proxy.audit;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.statement.StatementClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact for the record. Text and values are given as they are; they are redacted when written.
 *
 * @param client null: an entry of the proxy itself
 * @param unit null: the entry is about a hold whose text an earlier entry has
 * @param rule that decided; null: none did
 * @param route where it went, such as {@code primary}; null: nowhere
 * @param hold null: none
 * @param votes so far, on that hold
 * @param note what else there is to say, such as an error; null: nothing
 * @param restorePoint taken right before the unit runs; null: none was asked for
 * @param outcome null: not known yet
 * @param channel by which somebody came; null: the entry is not of that kind, or its votes say
 */
public record AuditEntry(
        Instant time,
        Kind kind,
        @Nullable Client client,
        @Nullable Unit unit,
        @Nullable String rule,
        @Nullable String route,
        @Nullable HoldId hold,
        List<Vote> votes,
        @Nullable String note,
        @Nullable RestorePoint restorePoint,
        @Nullable Outcome outcome,
        @Nullable Channel channel) {
    public AuditEntry {
        votes = List.copyOf(votes);
    }

    /** An entry about a client's unit; the rest is added by the {@code with} methods. */
    public static AuditEntry of(Instant time, Kind kind, @Nullable Client client, @Nullable Unit unit) {
        return new AuditEntry(time, kind, client, unit, null, null, null, List.of(), null, null, null, null);
    }

    public AuditEntry withRule(String decidingRule) {
        return new AuditEntry(
                time, kind, client, unit, decidingRule, route, hold, votes, note, restorePoint, outcome, channel);
    }

    public AuditEntry withRoute(String takenRoute) {
        return new AuditEntry(
                time, kind, client, unit, rule, takenRoute, hold, votes, note, restorePoint, outcome, channel);
    }

    public AuditEntry withHold(HoldId id, List<Vote> votesSoFar) {
        return new AuditEntry(
                time, kind, client, unit, rule, route, id, votesSoFar, note, restorePoint, outcome, channel);
    }

    public AuditEntry withNote(@Nullable String text) {
        return new AuditEntry(time, kind, client, unit, rule, route, hold, votes, text, restorePoint, outcome, channel);
    }

    public AuditEntry withRestorePoint(@Nullable RestorePoint point) {
        return new AuditEntry(time, kind, client, unit, rule, route, hold, votes, note, point, outcome, channel);
    }

    public AuditEntry withOutcome(@Nullable Outcome known) {
        return new AuditEntry(time, kind, client, unit, rule, route, hold, votes, note, restorePoint, known, channel);
    }

    public AuditEntry withChannel(Channel taken) {
        return new AuditEntry(time, kind, client, unit, rule, route, hold, votes, note, restorePoint, outcome, taken);
    }

    /** What happened. Written in lower case. */
    public enum Kind {
        /** The log itself: at start, and when it can be written again; its note tells what was found. */
        LOG_OPENED,
        /** A unit above SESSION went to a server without a hold. */
        FORWARDED,
        HELD,
        VOTE,
        /** One person has released it alone; the last vote says who, where and why. */
        GLASS_BROKEN,
        /** The client has stopped waiting, the hold has not. */
        DETACHED,
        APPROVED,
        GRANTED,
        DENIED,
        EXPIRED,
        GRANT_EXPIRED,
        WITHDRAWN,
        /** A held unit is about to be forwarded. */
        RELEASED,
        REFUSED,
        /** A released unit waits for a lock; the note says who is in the way. */
        LOCK_WAIT,
        /** It does not any more, and still runs. */
        LOCK_FREE,
        /** Somebody wants a released unit ended while it runs; the note says who. */
        CANCELLED,
        OUTCOME,
        /** A client was turned away by the CI guard; the note says why. */
        CI_REFUSED,
        /** Somebody let ci-guard start a command with a database that is not local; the note says who, and why. */
        CI_ALLOWED,
        /** Writes were stopped; the note says where, how and why. */
        FROZEN,
        /** Somebody wants writes to go on. */
        THAW,
        /** Somebody wants them to be stopped less strictly; the note says how. */
        EASE,
        /** Writes go on. */
        THAWED,
        /** Somebody came in to decide: to the web page, the API or the console. */
        LOGIN,
        /** Somebody tried to. */
        LOGIN_FAILED,
        /** The same, once too often to be looked at. */
        LOGIN_THROTTLED
    }

    /**
     * Who, and from where.
     *
     * @param session the proxy's name of the session
     * @param person null: the user belongs to no configured person
     * @param certificate whom the client's certificate names; null: it has shown none
     */
    public record Client(
            String session,
            String user,
            @Nullable String person,
            String address,
            String application,
            String database,
            @Nullable String certificate) {
        /** Without a certificate. */
        public Client(
                String session,
                String user,
                @Nullable String person,
                String address,
                String application,
                String database) {
            this(session, user, person, address, application, database, null);
        }
    }

    /**
     * What was sent.
     *
     * @param text whole
     * @param values of Bind, decoded for people, null for SQL NULL
     */
    public record Unit(String text, List<@Nullable String> values, StatementClass statementClass) {
        public Unit {
            values = Collections.unmodifiableList(new ArrayList<>(values)); // copyOf() takes no null
        }
    }

    /** Characters this entry keeps in memory, roughly. */
    long weight() {
        long weight = 1_000;
        if (unit != null) {
            weight += unit.text().length();
            for (String value : unit.values()) {
                weight += value == null ? 0 : value.length();
            }
        }
        return weight;
    }
}
