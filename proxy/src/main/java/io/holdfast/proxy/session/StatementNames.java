package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What each name of a prepared statement stands for in this session. A name changes when the server says so, never before: a
 * Parse that fails leaves the old statement in place (BYPASS P-02).
 */
final class StatementNames {
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    /** Names with a Parse or Close whose reply is due, and how many. */
    private final Map<String, Integer> changing = new HashMap<>();

    private static final int MAX_SQL_NAMES = 10_000;
    private static final int MAX_PER_NAME = 1_000;

    /** Everything that SQL's PREPARE ever put under a name; EXECUTE is as dangerous as the worst of it. */
    private final Map<String, List<StatementFacts>> bySql = new HashMap<>();

    private final SqlTexts texts = new SqlTexts();
    private final BooleanSupplier deallocating;

    StatementNames() {
        this(() -> false);
    }

    /** @param deallocating whether SQL is under way that may take any of the names away */
    StatementNames(BooleanSupplier deallocating) {
        this.deallocating = deallocating;
    }

    /** The statement that the name stands for now; null if there is none. */
    @Nullable
    PreparedStatement find(String name) {
        return prepared.get(name);
    }

    /** Names that stand for something. */
    int count() {
        return prepared.size();
    }

    /** Whether the server has yet to say what the name stands for. */
    boolean changing(String name) {
        return changing.containsKey(name) || (!name.isEmpty() && deallocating.getAsBoolean());
    }

    void willChange(String name) {
        changing.merge(name, 1, Integer::sum);
    }

    void parsed(PreparedStatement statement) {
        settled(statement.name());
        prepared.put(statement.name(), statement);
    }

    /** A failed Parse of the unnamed statement has dropped the old one, a named one keeps it. */
    void parseSkipped(String name) {
        settled(name);
        if (name.isEmpty()) {
            prepared.remove(name);
        }
    }

    void closed(String name) {
        settled(name);
        prepared.remove(name);
    }

    void closeSkipped(String name) {
        settled(name);
    }

    /** A simple query destroys the unnamed statement. */
    void simpleQuery() {
        prepared.remove("");
    }

    /** DEALLOCATE; null: ALL. What PREPARE named is remembered: forgetting could only make EXECUTE look safer. */
    void deallocate(@Nullable String name) {
        if (name == null) {
            prepared.clear();
        } else {
            prepared.remove(name);
        }
    }

    /**
     * PREPARE in SQL.
     *
     * @param text of what is prepared
     * @return false: it is more than is kept, so it must not be prepared
     */
    boolean preparedBySql(String name, StatementFacts facts, String text) {
        List<StatementFacts> known = bySql.get(name);
        if (known == null) {
            if (bySql.size() == MAX_SQL_NAMES) {
                return false;
            }
            known = new ArrayList<>();
            bySql.put(name, known);
        }
        if (known.stream().noneMatch(facts::equals)) {
            if (known.size() == MAX_PER_NAME) {
                return false;
            }
            known.add(facts);
        }
        texts.add(name, text);
        return true;
    }

    /** The texts of what SQL's EXECUTE of the name, or a Bind to it, may run. */
    SqlTexts.Candidates texts(String name) {
        return texts.of(name, prepared.get(name));
    }

    /** What SQL's EXECUTE of the name, or a Bind to it, may run; empty if nothing is known of it. */
    List<StatementFacts> executable(String name) {
        var all = new ArrayList<StatementFacts>(bySql.getOrDefault(name, List.of()));
        PreparedStatement byProtocol = prepared.get(name);
        if (byProtocol != null) {
            SqlFacts facts = byProtocol.facts();
            all.addAll(facts.statements());
        }
        return all;
    }

    /** What SQL's PREPARE may have put under the name; empty: nothing. */
    List<StatementFacts> preparedBySql(String name) {
        return List.copyOf(bySql.getOrDefault(name, List.of()));
    }

    private void settled(String name) {
        changing.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }
}
