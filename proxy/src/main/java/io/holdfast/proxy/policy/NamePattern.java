package io.holdfast.proxy.policy;

import io.holdfast.proxy.statement.RelationName;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final @Nullable Pattern schema;
    private final boolean anySchema;
    private final Pattern name;

    /** A pattern as the configuration has it; the loader has checked that there is at most one dot. */
    NamePattern(String text) {
        int dot = text.indexOf('.');
        String schemaText = dot >= 0 ? text.substring(0, dot) : text.equals("*") ? "*" : null;
        this.schema = schemaText == null ? null : glob(schemaText);
        this.anySchema = "*".equals(schemaText);
        this.name = glob(text.substring(dot + 1));
    }

    /** How far the patterns speak of the names: FULL needs at least one name, and every name surely meant. */
    static Coverage of(List<NamePattern> patterns, List<RelationName> names) {
        boolean all = !names.isEmpty();
        boolean some = false;
        for (RelationName candidate : names) {
            all &= patterns.stream().anyMatch(pattern -> pattern.surelyMeans(candidate));
            some |= patterns.stream().anyMatch(pattern -> pattern.couldMean(candidate));
        }
        return all ? Coverage.FULL : some ? Coverage.PARTIAL : Coverage.NONE;
    }

    /** An unqualified pattern means {@code public}; a qualified one never means an unqualified name. */
    boolean surelyMeans(RelationName candidate) {
        return matches(name, candidate.name()) && (anySchema || schemaMatches(candidate.schema(), DEFAULT_PATH, false));
    }

    /** As {@link #surelyMeans}, or search_path may lead there. */
    boolean couldMean(RelationName candidate) {
        return matches(name, candidate.name()) && (anySchema || schemaMatches(candidate.schema(), POSSIBLE_PATH, true));
    }

    private boolean schemaMatches(@Nullable String candidate, Set<String> path, boolean unqualifiedMatches) {
        if (schema == null) {
            return candidate == null || path.contains(candidate);
        }
        return candidate == null ? unqualifiedMatches : matches(schema, candidate);
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    private static Pattern glob(String text) {
        String regex = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
