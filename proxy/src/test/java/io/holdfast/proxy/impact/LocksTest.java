package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX ON t (a)|SHARE",
                "CREATE INDEX CONCURRENTLY i ON t (a)|SHARE_UPDATE_EXCLUSIVE",
                "REINDEX TABLE t|SHARE",
                "VACUUM t|SHARE_UPDATE_EXCLUSIVE",
                "VACUUM (FULL) t|ACCESS_EXCLUSIVE",
                "ANALYZE t|SHARE_UPDATE_EXCLUSIVE",
                "CLUSTER t|ACCESS_EXCLUSIVE",
                "REFRESH MATERIALIZED VIEW v|ACCESS_EXCLUSIVE",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v|EXCLUSIVE",
                "LOCK t|ACCESS_EXCLUSIVE",
                "LOCK TABLE t IN ROW SHARE MODE|ROW_SHARE",
                "lock table t in share row exclusive mode nowait|SHARE_ROW_EXCLUSIVE",
                "ALTER TABLE t ADD COLUMN a int|ACCESS_EXCLUSIVE",
                "ALTER TABLE t VALIDATE CONSTRAINT c|SHARE_UPDATE_EXCLUSIVE",
                "ALTER TABLE t DISABLE TRIGGER x|SHARE_ROW_EXCLUSIVE",
                "ALTER TABLE t VALIDATE CONSTRAINT c, DROP COLUMN a|ACCESS_EXCLUSIVE"
            })
    void aCommandTakesTheLockThatTheManualSays(String sql, LockMode mode) {
        StatementText text = Sql.one(sql);

        assertThat(Locks.of(text.facts().command(), text.tokens())).contains(mode);
    }

    @ParameterizedTest
    @EnumSource(LockMode.class)
    void conflictsAreMutual(LockMode one) {
        for (LockMode other : LockMode.values()) {
            assertThat(one.conflictsWith(other)).as(one + " and " + other).isEqualTo(other.conflictsWith(one));
        }
    }

    /** The crosses of the manual's table of conflicts, row by row. */
    @Test
    void conflictsAreThoseOfTheManual() {
        String[] crosses = {
            ".......X", "......XX", "....XXXX", "...XXXXX", "..XX.XXX", "..XXXXXX", ".XXXXXXX", "XXXXXXXX",
        };
        LockMode[] modes = LockMode.values();
        for (int i = 0; i < modes.length; i++) {
            for (int j = 0; j < modes.length; j++) {
                assertThat(modes[i].conflictsWith(modes[j]))
                        .as(modes[i] + " and " + modes[j])
                        .isEqualTo(crosses[i].charAt(j) == 'X');
            }
        }
    }
}
