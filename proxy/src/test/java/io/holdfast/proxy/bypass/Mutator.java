package io.holdfast.proxy.bypass;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes texts that are nearly SQL of texts that are: what separates a good reader of statements from one that guesses. */
final class Mutator {
    /** Pieces that open, close or separate something in one lexer and not in another. */
    private static final List<String> PIECES = List.of(
            "'",
            "\"",
            "$$",
            "$a$",
            "$é$",
            "/*",
            "*/",
            "/* x */",
            "--",
            "-- x\n",
            "--x\r",
            "\\",
            "\\'",
            "''",
            "E'",
            "e'\\'",
            "U&'",
            "U&\"",
            "N'",
            "B'",
            "x'",
            ";",
            ";;",
            "; DROP TABLE t",
            "; SELECT 1",
            "(",
            ")",
            "[",
            "]",
            "\n",
            "\r",
            "\t",
            "\f",
            "\u000b",
            "\u00a0",
            "\ufeff",
            "\u2028",
            "$",
            "$1",
            "$$;$$",
            "';'",
            "\";\"",
            "1$$",
            "a$$",
            " UESCAPE '!'",
            "'\n'",
            "' -- c\n'",
            "'/**/\n'",
            "+",
            "<--",
            "+/*",
            "@-",
            "::",
            ":=",
            "..",
            "1..2",
            "1e",
            "0x1_0",
            "1_0",
            ".5",
            " BEGIN ATOMIC ",
            " END ",
            " CASE ",
            " AS ",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
            "CREATE RULE r AS ON INSERT TO a DO ALSO (SELECT 1; SELECT 2)",
            "COPY t FROM STDIN",
            "`",
            "#",
            "?",
            "{",
            "~");

    private final RandomGenerator random;
    private final List<String> seeds;

    Mutator(RandomGenerator random, List<String> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    String next() {
        String text = seed();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            text = change(text);
        }
        return text.replace("\0", "");
    }

    private String change(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> insert(text, at, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> text.substring(0, at);
            case 4 -> text + ';' + seed();
            case 5 -> swapQuotes(text);
            case 6 -> swapCase(text, at);
            default -> {
                int to = Math.min(text.length(), at + 1 + random.nextInt(6));
                yield text.substring(0, at) + text.substring(to);
            }
        };
    }

    private String seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static String insert(String text, int at, String piece) {
        return text.substring(0, at) + piece + text.substring(at);
    }

    private String swapQuotes(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text.replace('\'', '"');
            case 1 -> text.replace("'", "$$");
            case 2 -> text.replace(" '", " E'");
            default -> text.replace("$$", "'");
        };
    }

    private static String swapCase(String text, int at) {
        StringBuilder swapped = new StringBuilder(text);
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                swapped.setCharAt(i, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
            }
        }
        return swapped.toString();
    }
}
