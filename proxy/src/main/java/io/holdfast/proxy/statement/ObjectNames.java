package io.holdfast.proxy.statement;

import java.util.ArrayList;
import java.util.List;

/** Names of the objects that a utility command is about, as far as they are needed to tell people and to match rules. */
final class ObjectNames {
    private static final int SHOWN = 5;

    private ObjectNames() {}

    static List<RelationName> read(Reading r, CommandTable.Place place) {
        return switch (place) {
            case NOWHERE -> List.of();
            case LIST -> list(r);
            case OPTIONS -> maintained(r);
            case ON -> skipTo(r, Keyword.ON) ? list(r) : List.of();
            case ON_KIND -> {
                if (!skipTo(r, Keyword.ON) || r.is(Keyword.ALL)) { // ALL TABLES IN SCHEMA
                    yield List.of();
                }
                while (r.kind() >= TokenKind.KEYWORD && isWordAhead(r)) {
                    r.next();
                }
                yield list(r);
            }
        };
    }

    /** {@code [CONCURRENTLY] [IF [NOT] EXISTS] [ONLY] name [*] [(types)], ...}; ends where that does. */
    static List<RelationName> list(Reading r) {
        r.accept(Keyword.CONCURRENTLY);
        skipIfExists(r);
        List<RelationName> names = new ArrayList<>(2);
        do {
            boolean parenthesised = r.accept(Keyword.ONLY) && r.accept('(');
            if (!r.isColumnName(0) && !r.keyword().isFunctionName()) {
                break;
            }
            names.add(r.qualifiedName());
            r.accept('*');
            if (parenthesised) {
                r.expect(')');
            } else if (r.is('(')) {
                r.skipParentheses();
            }
        } while (r.accept(','));
        return names;
    }

    /** IF EXISTS, IF NOT EXISTS. */
    static void skipIfExists(Reading r) {
        if (r.accept(Keyword.IF)) {
            r.accept(Keyword.NOT);
            r.expect(Keyword.EXISTS);
        }
    }

    /**
     * Tables of VACUUM, ANALYZE, CLUSTER and REINDEX; none for a whole schema or database. FULL, FREEZE, VERBOSE and ANALYZE cannot be
     * names without quotes.
     */
    private static List<RelationName> maintained(Reading r) {
        while (isMaintenanceOption(r)) {
            if (r.is('(')) {
                r.skipParentheses();
            } else {
                r.next();
            }
        }
        return switch (r.keyword()) {
            case TABLE, INDEX -> {
                r.next();
                yield list(r);
            }
            case SCHEMA, DATABASE, SYSTEM -> List.of();
            default -> {
                List<RelationName> names = list(r);
                yield r.accept(Keyword.ON) ? list(r) : names; // CLUSTER index ON table
            }
        };
    }

    private static boolean isMaintenanceOption(Reading r) {
        return r.is('(')
                || switch (r.keyword()) {
                    case FULL, FREEZE, VERBOSE, ANALYZE, ANALYSE -> true;
                    default -> false;
                };
    }

    static String describe(List<RelationName> names) {
        StringBuilder text = new StringBuilder();
        for (RelationName name : names.subList(0, Math.min(SHOWN, names.size()))) {
            text.append(text.isEmpty() ? "" : ", ").append(name);
        }
        if (names.size() > SHOWN) {
            text.append(" and ").append(names.size() - SHOWN).append(" more");
        }
        return text.toString().replaceAll("[\\p{Cntrl}]", "?");
    }

    private static boolean skipTo(Reading r, Keyword keyword) {
        while (!r.isEnd()) {
            if (r.accept(keyword)) {
                return true;
            }
            if (r.is('(')) {
                r.skipParentheses();
            } else {
                r.next();
            }
        }
        return false;
    }

    /** Whether a name still follows the word at hand, so that the word is a kind: {@code ON MATERIALIZED VIEW v IS}. */
    private static boolean isWordAhead(Reading r) {
        return (r.isColumnName(1) || r.keyword(1).isFunctionName()) && r.keyword(1) != Keyword.IS;
    }
}
