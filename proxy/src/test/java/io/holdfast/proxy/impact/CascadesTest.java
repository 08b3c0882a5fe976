package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CascadesTest {
    private static final Set<String> ANY = Set.of();

    /** {@code 2 -> 1 c a}: table 2 references table 1, ON DELETE CASCADE, ON UPDATE NO ACTION; column {@code ref} to column {@code id}. */
    private static ForeignKey key(String text) {
        String[] parts = text.split(" ", -1);
        return new ForeignKey(
                text,
                Long.parseLong(parts[0]),
                "t" + parts[0],
                Long.parseLong(parts[2]),
                "t" + parts[2],
                parts[3].charAt(0),
                parts[4].charAt(0),
                List.of("ref"),
                List.of("id"));
    }

    private static List<String> from(long table, Verb verb, boolean cascade, Set<String> updated, String... keys)
            throws SQLException {
        List<ForeignKey> all = List.of(keys).stream().map(CascadesTest::key).toList();
        return Cascades.of(
                        Map.of(table, verb),
                        cascade,
                        updated,
                        tables -> all.stream()
                                .filter(key -> tables.contains(key.parent()))
                                .toList())
                .stream()
                .map(step -> step.depth() + " " + step.key().childName() + " " + step.effect())
                .toList();
    }

    @Test
    void deletesGoOnToAnyDepthAndEndWhereNothingIsDeleted() throws Exception {
        assertThat(from(
                        1,
                        Verb.DELETE,
                        false,
                        ANY,
                        "2 -> 1 c a",
                        "3 -> 2 c a",
                        "4 -> 3 n a",
                        "5 -> 4 c c",
                        "6 -> 1 a a"))
                .containsExactly("1 t2 DELETES_ROWS", "1 t6 REFUSES", "2 t3 DELETES_ROWS", "3 t4 SETS_NULL");
    }

    @Test
    void circlesEnd() throws Exception {
        assertThat(from(1, Verb.DELETE, false, ANY, "2 -> 1 c a", "1 -> 2 c a", "1 -> 1 c a"))
                .containsExactly("1 t2 DELETES_ROWS", "1 t1 DELETES_ROWS");
        assertThat(from(1, Verb.TRUNCATE, true, ANY, "2 -> 1 a a", "1 -> 2 a a", "3 -> 2 n a"))
                .containsExactly("1 t2 TRUNCATES", "2 t3 TRUNCATES");
    }

    @Test
    void anUpdateReachesOnlyWhatReferencesAColumnThatItChanges() throws Exception {
        assertThat(from(1, Verb.UPDATE, false, Set.of("name"), "2 -> 1 c c")).isEmpty();
        assertThat(from(1, Verb.UPDATE, false, Set.of("id"), "2 -> 1 c c", "3 -> 2 c c"))
                .containsExactly("1 t2 UPDATES_KEYS");
        assertThat(from(1, Verb.UPDATE, false, ANY, "2 -> 1 c d")).containsExactly("1 t2 SETS_DEFAULT");
    }

    @Test
    void withoutCascadeWhatReferencesStopsTruncateAndDrop() throws Exception {
        assertThat(from(1, Verb.TRUNCATE, false, ANY, "2 -> 1 c a")).containsExactly("1 t2 REFUSES");
        assertThat(from(1, Verb.DROP, false, ANY, "2 -> 1 c a")).containsExactly("1 t2 REFUSES");
        assertThat(from(1, Verb.DROP, true, ANY, "2 -> 1 c a", "3 -> 2 c a")).containsExactly("1 t2 DROPS_CONSTRAINT");
    }

    @Test
    void whatNobodyReadsIsNotLookedFor() throws Exception {
        String[] chain = LongStream.range(2, 1000)
                .mapToObj(i -> i + " -> " + (i - 1) + " c a")
                .toArray(String[]::new);

        assertThat(from(1, Verb.DELETE, false, ANY, chain)).hasSize(Cascades.MOST);
    }
}
