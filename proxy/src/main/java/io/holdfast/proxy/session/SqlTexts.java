package io.holdfast.proxy.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that SQL's PREPARE has put under each name, for the people who are asked about an EXECUTE: a name says nothing (BYPASS A-09).
 * Bounded, since none of them is needed to judge.
 */
final class SqlTexts {
    private static final int MOST_PER_NAME = 8;
    private static final int MOST_CHARS = 4 << 20;

    /**
     * What a name may stand for.
     *
     * @param texts the newest first
     * @param exact the name stands for the one text that is here, and for nothing else
     */
    record Candidates(List<String> texts, boolean exact) {}

    private static final class Kept {
        final Deque<String> newest = new ArrayDeque<>(1);
        boolean forgotten;
    }

    private final Map<String, Kept> byName = new HashMap<>();
    private int chars;

    /** {@code name} is prepared as this. */
    void add(String name, String text) {
        Kept kept = byName.computeIfAbsent(name, _ -> new Kept());
        if (kept.newest.contains(text)) {
            return;
        }
        if (chars + text.length() > MOST_CHARS) {
            kept.forgotten = true;
            return;
        }
        chars += text.length();
        kept.newest.addFirst(text);
        if (kept.newest.size() > MOST_PER_NAME) {
            chars -= kept.newest.removeLast().length();
            kept.forgotten = true;
        }
    }

    /** @param byProtocol what the protocol has prepared under the name; null: nothing */
    Candidates of(String name, @Nullable PreparedStatement byProtocol) {
        Kept kept = byName.getOrDefault(name, new Kept());
        List<String> texts = new ArrayList<>(kept.newest);
        if (byProtocol != null) {
            texts.add(new String(byProtocol.sql(), StandardCharsets.UTF_8));
        }
        return new Candidates(texts, texts.size() == 1 && !kept.forgotten);
    }
}
