package io.holdfast.proxy.statement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code commands.txt}: the first words of a utility command, the tag it reports, its class and why. What is not in it is not
 * understood. Commands whose class depends on more have a reader of their own, which starts from their row here.
 */
final class CommandTable {
    private static final Map<Keyword, List<Row>> ROWS = new EnumMap<>(Keyword.class);

    /** Where the names of the objects stand. */
    enum Place {
        /** Nowhere that matters. */
        NOWHERE,
        /** A list behind the words. */
        LIST,
        /** A list behind the words and options of a maintenance command. */
        OPTIONS,
        /** Behind ON. */
        ON,
        /** Behind ON and the kind of the object. */
        ON_KIND
    }

    /** One command. */
    record Row(List<Keyword> words, String command, StatementClass statementClass, Place place, String why) {}

    static {
        for (String line : Resource.lines("commands.txt")) {
            String[] columns = line.split(" *\\| *", 5);
            List<Keyword> words = new ArrayList<>();
            for (String word : columns[0].split(" ", -1)) {
                words.add(Keyword.valueOf(word));
            }
            ROWS.computeIfAbsent(words.getFirst(), first -> new ArrayList<>())
                    .add(new Row(
                            List.copyOf(words),
                            columns[1].isEmpty() ? columns[0] : columns[1],
                            StatementClass.valueOf(columns[2]),
                            Place.valueOf(columns[3]),
                            columns[4]));
        }
        ROWS.values()
                .forEach(rows -> rows.sort(
                        (a, b) -> Integer.compare(b.words().size(), a.words().size())));
    }

    private CommandTable() {}

    /** Reads a command whose row says all. */
    static void read(Reading r) {
        Keyword verb = r.keyword();
        r.next();
        read(r, find(r, verb));
    }

    /** As {@link #read(Reading)}, behind the words of the row. */
    static void read(Reading r, Row row) {
        List<RelationName> names = ObjectNames.read(r, row.place());
        names.forEach(r.found()::relation);
        r.found().command(row.command());
        r.found().raise(row.statementClass(), describe(row, names));
    }

    /** {@code drops a, b and 3 more}. */
    static String describe(Row row, List<RelationName> names) {
        return names.isEmpty() ? row.why() : row.why() + ' ' + ObjectNames.describe(names);
    }

    /**
     * The row of {@code verb} with the most words that stand here, which are then behind.
     *
     * @throws Unreadable if there is none
     */
    static Row find(Reading r, Keyword verb) {
        for (Row row : ROWS.getOrDefault(verb, List.of())) {
            if (stands(r, row.words())) {
                r.position(r.position() + row.words().size() - 1);
                return row;
            }
        }
        throw new Unreadable("unknown command: " + verb + (r.isEnd() ? "" : ' ' + r.word(r.position())));
    }

    private static boolean stands(Reading r, List<Keyword> words) {
        for (int i = 1; i < words.size(); i++) {
            if (r.keyword(i - 1) != words.get(i)) {
                return false;
            }
        }
        return true;
    }
}
