package io.holdfast.proxy.statement;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effect of every function known by name. {@code builtin-functions.txt} is PostgreSQL 18's catalog: name and the worst
 * volatility of its overloads. {@code function-effects.txt} is reviewed by hand and wins. A volatile built-in that nobody has
 * reviewed needs the primary; a name in neither is a user's function.
 */
final class FunctionEffects {
    private static final Map<String, FunctionEffect> BY_NAME = new HashMap<>(4096);
    private static final ByteNameTable<Known> BY_BYTES;

    /** A function by its canonical name, made once. */
    record Known(RelationName name, FunctionEffect effect) {}

    static {
        Resource.lines("builtin-functions.txt").forEach(line -> {
            int space = line.indexOf(' ');
            boolean isVolatile = line.endsWith(" v");
            BY_NAME.put(line.substring(0, space), isVolatile ? FunctionEffect.PRIMARY : FunctionEffect.HARMLESS);
        });
        Resource.lines("function-effects.txt").forEach(line -> {
            int space = line.indexOf(' ');
            FunctionEffect effect = FunctionEffect.valueOf(line.substring(0, space));
            for (String name : line.substring(space + 1).trim().split(" +", -1)) {
                if (name.endsWith("*")) {
                    String prefix = name.substring(0, name.length() - 1);
                    BY_NAME.replaceAll((known, old) -> known.startsWith(prefix) ? effect : old);
                } else {
                    BY_NAME.put(name, effect);
                }
            }
        });
        Map<String, Known> known = new HashMap<>(BY_NAME.size() * 2);
        BY_NAME.forEach((name, effect) -> known.put(name, new Known(new RelationName(null, name), effect)));
        BY_BYTES = new ByteNameTable<>(known);
    }

    private FunctionEffects() {}

    /** Null: nothing is known of a function of this name. */
    static @Nullable FunctionEffect of(String name) {
        return BY_NAME.get(name);
    }

    /** As {@link #of}, for a name in the text that has no quotes. */
    static @Nullable Known ofUnquoted(byte[] text, int start, int end) {
        return BY_BYTES.get(text, start, end);
    }
}
