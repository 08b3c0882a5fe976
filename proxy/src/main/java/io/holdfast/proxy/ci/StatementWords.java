package io.holdfast.proxy.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a statement: lower case unless quoted, without comments, constants as {@code ''}. Good enough to recognise what a
 * program wrote; nothing is decided on it. Pure.
 */
final class StatementWords {
    /** No cleaner names more tables than this, and no text may keep a session busy. */
    private static final int MOST = 20_000;

    private static final Pattern WORD = Pattern.compile(
            "(?<skip>--[^\\n]*|/\\*(?s:.*?)\\*/|\\s+)|(?<quoted>\"[^\"]*+\")|(?<constant>'[^']*+')|(?<word>[\\w$]++)|(?s:.)");

    private final List<String> words;

    private StatementWords(List<String> words) {
        this.words = words;
    }

    static StatementWords of(String sql) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sql);
        while (words.size() < MOST && matcher.find()) {
            if (matcher.start("skip") >= 0) {
                continue;
            }
            words.add(matcher.start("constant") >= 0 ? "''" : word(matcher));
        }
        return new StatementWords(words);
    }

    private static String word(Matcher matcher) {
        return matcher.start("quoted") >= 0 ? matcher.group() : matcher.group().toLowerCase(Locale.ROOT);
    }

    /** Whether these words stand in it, one after the other. */
    boolean has(String... sequence) {
        List<String> wanted = List.of(sequence);
        for (int i = 0; i + wanted.size() <= words.size(); i++) {
            if (words.subList(i, i + wanted.size()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it begins with these words. */
    boolean begins(String... sequence) {
        return words.size() >= sequence.length
                && words.subList(0, sequence.length).equals(List.of(sequence));
    }

    /** The word behind the first place where these words stand; empty if there is none. */
    String after(String... sequence) {
        List<String> wanted = List.of(sequence);
        for (int i = 0; i + wanted.size() < words.size(); i++) {
            if (words.subList(i, i + wanted.size()).equals(wanted)) {
                return words.get(i + wanted.size());
            }
        }
        return "";
    }

    /** Quoted names, which programs write and people hardly ever. */
    int quoted() {
        return (int) words.stream().filter(word -> word.startsWith("\"")).count();
    }

    /** Places where a quoted schema stands before a quoted name. */
    int qualified() {
        int count = 0;
        for (int i = 2; i < words.size(); i++) {
            if (words.get(i - 1).equals(".")
                    && words.get(i).startsWith("\"")
                    && words.get(i - 2).startsWith("\"")) {
                count++;
            }
        }
        return count;
    }
}
