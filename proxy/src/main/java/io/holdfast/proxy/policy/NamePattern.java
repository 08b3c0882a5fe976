package io.holdfast.proxy.policy;

import io.holdfast.config.Glob;
import io.holdfast.proxy.statement.RelationName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table or function in a rule: {@code events}, {@code audit.events}, {@code staging.*}, {@code *.events}, {@code tmp_*}.
 * {@code *} stands for any number of characters, alone for any name in any schema. Case counts, after PostgreSQL's folding.
 *
 * <p>Where text and pattern do not both name a schema, only search_path could tell whether they mean the same. So there are
 * two questions, and a rule that loosens asks the first: is this surely the thing, and could it be.
 */
final class NamePattern {
    private static final Set<String> DEFAULT_PATH = Set.of("public");

    /** pg_catalog is always searched, and first unless search_path says otherwise. */
    private static final Set<String> POSSIBLE_PATH = Set.of("public", "pg_catalog");

    private final @Nullable Glob schema;
    private final boolean anySchema;
    private final Glob name;

    /** A pattern as the configuration has it; the loader has checked that there is at most one dot. */
    NamePattern(String text) {
        int dot = text.indexOf('.');
        String schemaText = dot >= 0 ? text.substring(0, dot) : text.equals("*") ? "*" : null;
        this.schema = schemaText == null ? null : Glob.of(schemaText);
        this.anySchema = "*".equals(schemaText);
        this.name = Glob.of(text.substring(dot + 1));
    }

    /** How far the patterns speak of the names: FULL needs at least one name, and every name surely meant. */
    static Coverage of(List<NamePattern> patterns, List<RelationName> names) {
        boolean all = !names.isEmpty();
        boolean some = false;
        for (int i = 0; i < names.size(); i++) {
            Coverage one = of(patterns, names.get(i));
            all &= one == Coverage.FULL;
            some |= one != Coverage.NONE;
        }
        return all ? Coverage.FULL : some ? Coverage.PARTIAL : Coverage.NONE;
    }

    /** Whether one of the patterns surely means the name. */
    static boolean surelyMeans(List<NamePattern> patterns, RelationName name) {
        return of(patterns, name) == Coverage.FULL;
    }

    /** PARTIAL: some could mean it, none is sure to. */
    private static Coverage of(List<NamePattern> patterns, RelationName candidate) {
        Coverage best = Coverage.NONE;
        for (int i = 0; i < patterns.size(); i++) {
            NamePattern pattern = patterns.get(i);
            if (pattern.surelyMeans(candidate)) {
                return Coverage.FULL;
            }
            if (pattern.couldMean(candidate)) {
                best = Coverage.PARTIAL;
            }
        }
        return best;
    }

    /** An unqualified pattern means {@code public}; a qualified one never means an unqualified name. */
    boolean surelyMeans(RelationName candidate) {
        return name.matches(candidate.name()) && (anySchema || schemaMatches(candidate.schema(), DEFAULT_PATH, false));
    }

    /** As {@link #surelyMeans}, or search_path may lead there. */
    boolean couldMean(RelationName candidate) {
        return name.matches(candidate.name()) && (anySchema || schemaMatches(candidate.schema(), POSSIBLE_PATH, true));
    }

    private boolean schemaMatches(@Nullable String candidate, Set<String> path, boolean unqualifiedMatches) {
        if (schema == null) {
            return candidate == null || path.contains(candidate);
        }
        return candidate == null ? unqualifiedMatches : schema.matches(candidate);
    }
}
