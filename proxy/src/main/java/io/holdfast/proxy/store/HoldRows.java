package io.holdfast.proxy.store;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldRecord;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A hold as a row, and back. */
final class HoldRows {
    static final String COLUMNS =
            "id, state, client_waits, owner, claim, opened, deadline, request, progress, changed, changed_by";
    static final String INSERT = """
            INSERT INTO holdfast_hold (number, db_user, fingerprint, weight, opened, request,
                state, is_open, client_waits, owner, claim, deadline, progress, changed, changed_by, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    static final String UPDATE = """
            UPDATE holdfast_hold SET state = ?, is_open = ?, client_waits = ?, owner = ?, claim = ?, deadline = ?,
                progress = ?, changed = ?, changed_by = ?
            WHERE id = ?""";

    private HoldRows() {}

    static HoldRecord read(ResultSet row) throws SQLException {
        HoldDocuments.Request request = HoldDocuments.request(row.getString("request"));
        HoldDocuments.Progress progress = HoldDocuments.progress(row.getString("progress"));
        Instant opened = instant(row, "opened");
        if (opened == null) {
            throw new SQLException("opened: null (expected: a time)");
        }
        return new HoldRecord(
                new HoldId(row.getString("id")),
                request.request(),
                request.terms(),
                HoldState.valueOf(row.getString("state")),
                row.getBoolean("client_waits"),
                row.getString("owner"),
                row.getString("claim"),
                progress.votes(),
                opened,
                instant(row, "deadline"),
                progress.restorePoint(),
                progress.outcome(),
                progress.note(),
                progress.supervision());
    }

    static @Nullable Object[] insert(HoldRecord hold, long version, String by) {
        HoldRequest request = hold.request();
        @Nullable Object[] update = update(hold, version, by);
        @Nullable Object[] all = new @Nullable Object[6 + update.length];
        all[0] = version;
        all[1] = request.user();
        all[2] = request.fingerprint().sha256();
        all[3] = request.weight();
        all[4] = time(hold.opened());
        all[5] = HoldDocuments.text(request, hold.terms());
        System.arraycopy(update, 0, all, 6, update.length);
        return all;
    }

    static @Nullable Object[] update(HoldRecord hold, long version, String by) {
        return new @Nullable Object[] {
            hold.state().name(),
            !hold.state().isFinal(),
            hold.clientWaits(),
            hold.owner(),
            hold.claim(),
            hold.deadline() == null ? null : time(hold.deadline()),
            HoldDocuments.progress(new HoldDocuments.Progress(
                    hold.votes(), hold.restorePoint(), hold.outcome(), hold.note(), hold.supervision())),
            version,
            by,
            hold.id().text()
        };
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
