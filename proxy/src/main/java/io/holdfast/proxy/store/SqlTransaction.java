package io.holdfast.proxy.store;

import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldRecord;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.StoreChange;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The control store's questions in SQL, on one connection. Throws {@link SqlFailure}. */
final class SqlTransaction implements StoreChange {
    private static final String SELECT = "SELECT " + HoldRows.COLUMNS + " FROM holdfast_hold WHERE ";
    private static final String LOCK = "SELECT version FROM holdfast_control WHERE id = 1 FOR UPDATE";

    private final Sql sql;
    private final Dialect dialect;
    private final long before;
    private long version;
    private @Nullable Instant now;

    private SqlTransaction(Sql sql, Dialect dialect, long version) {
        this.sql = sql;
        this.dialect = dialect;
        this.before = version;
        this.version = version;
    }

    /** A transaction that waits until all others have ended. */
    static SqlTransaction change(Connection connection, Dialect dialect) {
        Sql sql = new Sql(connection);
        return new SqlTransaction(sql, dialect, sql.one(LOCK, row -> row.getLong(1)));
    }

    static SqlTransaction look(Connection connection, Dialect dialect) {
        return new SqlTransaction(new Sql(connection), dialect, 0);
    }

    /** To be called before the commit: whether any hold was changed. */
    boolean end() {
        if (version == before) {
            return false;
        }
        sql.update("UPDATE holdfast_control SET version = ? WHERE id = 1", version);
        return true;
    }

    @Override
    public Instant now() {
        if (now == null) {
            now = sql.one(dialect.now(), row -> row.getObject(1, OffsetDateTime.class))
                    .toInstant();
        }
        return now;
    }

    @Override
    public Optional<HoldRecord> find(HoldId id) {
        return holds("id = ?", id.text()).stream().findFirst();
    }

    @Override
    public List<HoldRecord> open() {
        return holds("is_open ORDER BY number");
    }

    @Override
    public List<HoldRecord> open(Fingerprint fingerprint) {
        return holds("is_open AND fingerprint = ? ORDER BY number", fingerprint.sha256());
    }

    @Override
    public List<HoldRecord> orphans() {
        return holds("""
                is_open AND owner IS NOT NULL AND owner NOT IN (SELECT name FROM holdfast_proxy) ORDER BY number""");
    }

    @Override
    public List<HoldRecord> overdue() {
        return holds("is_open AND owner IS NULL AND deadline <= ? ORDER BY number", HoldRows.time(now()));
    }

    @Override
    public List<HoldRecord> finished() {
        return holds("NOT is_open ORDER BY changed DESC");
    }

    @Override
    public Map<HoldState, Integer> counts() {
        Map<HoldState, Integer> counts = new EnumMap<>(HoldState.class);
        sql.query(
                "SELECT state, count(*) FROM holdfast_hold WHERE is_open GROUP BY state",
                row -> counts.put(HoldState.valueOf(row.getString(1)), row.getInt(2)));
        return counts;
    }

    @Override
    public Load load(String user) {
        return sql.one("""
                SELECT count(*), count(CASE WHEN db_user = ? THEN 1 END), coalesce(sum(weight), 0)
                FROM holdfast_hold WHERE is_open""", row -> new Load(row.getInt(1), row.getInt(2), row.getLong(3)), user);
    }

    @Override
    public List<Freeze> freezes() {
        return sql.query("SELECT content FROM holdfast_freeze", row -> FreezeDocument.read(row.getString(1)));
    }

    @Override
    public int glassBroken(String person, Instant since) {
        return sql.one(
                "SELECT count(*) FROM holdfast_glass WHERE person = ? AND broken > ?",
                row -> row.getInt(1),
                person,
                HoldRows.time(since));
    }

    @Override
    public void breakGlass(String person, HoldId id, Instant since) {
        sql.update("DELETE FROM holdfast_glass WHERE broken <= ?", HoldRows.time(since));
        sql.update(
                "INSERT INTO holdfast_glass (person, hold, broken) VALUES (?, ?, ?)",
                person,
                id.text(),
                HoldRows.time(now()));
    }

    @Override
    public long version() {
        return sql.one("SELECT version FROM holdfast_control WHERE id = 1", row -> row.getLong(1));
    }

    @Override
    public List<Changed> changedSince(long since, String proxy) {
        return sql.query(
                SELECT + "changed > ? AND changed_by <> ? ORDER BY changed",
                row -> new Changed(HoldRows.read(row), row.getLong("changed"), row.getString("changed_by")),
                since,
                proxy);
    }

    @Override
    public Map<String, Long> beats() {
        Map<String, Long> beats = new HashMap<>();
        sql.query("SELECT name, beats FROM holdfast_proxy", row -> beats.put(row.getString(1), row.getLong(2)));
        return beats;
    }

    @Override
    public void add(HoldRecord hold, String by) {
        version++;
        sql.update(HoldRows.INSERT, HoldRows.insert(hold, version, by));
    }

    @Override
    public void update(HoldRecord hold, String by) {
        version++;
        sql.update(HoldRows.UPDATE, HoldRows.update(hold, version, by));
    }

    @Override
    public void prune(HoldLimits limits) {
        record Ended(String id, long weight) {}
        List<String> old = new ArrayList<>();
        int kept = 0;
        long chars = 0;
        for (Ended ended : sql.query(
                "SELECT id, weight FROM holdfast_hold WHERE NOT is_open ORDER BY changed DESC",
                row -> new Ended(row.getString(1), row.getLong(2)))) {
            chars += ended.weight;
            if (++kept > limits.finished() || chars > limits.finishedChars()) {
                old.add(ended.id);
            }
        }
        old.forEach(id -> sql.update("DELETE FROM holdfast_hold WHERE id = ?", id));
    }

    @Override
    public void put(Freeze freeze) {
        remove(freeze);
        sql.update(
                "INSERT INTO holdfast_freeze (scope, content) VALUES (?, ?)", scope(freeze), FreezeDocument.of(freeze));
    }

    @Override
    public void remove(Freeze freeze) {
        version++;
        sql.update("DELETE FROM holdfast_freeze WHERE scope = ?", scope(freeze));
    }

    private static String scope(Freeze freeze) {
        return freeze.database() == null ? "" : freeze.scope();
    }

    @Override
    public void beat(String proxy) {
        if (sql.update("UPDATE holdfast_proxy SET beats = beats + 1 WHERE name = ?", proxy) == 0) {
            sql.update("INSERT INTO holdfast_proxy (name, beats) VALUES (?, 1)", proxy);
        }
    }

    @Override
    public void leave(String proxy) {
        sql.update("DELETE FROM holdfast_proxy WHERE name = ?", proxy);
    }

    private List<HoldRecord> holds(String condition, @Nullable Object... values) {
        return sql.query(SELECT + condition, HoldRows::read, values);
    }
}
