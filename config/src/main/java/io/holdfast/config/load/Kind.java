package io.holdfast.config.load;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a single value can be.
 *
 * @param expected told to people when it is not
 * @param parse text to value; empty: not of this kind
 */
record Kind<T>(String expected, Function<String, Optional<T>> parse) {
    /** The same with a further condition. */
    Kind<T> where(String expectedInstead, Predicate<T> condition) {
        return new Kind<>(expectedInstead, text -> parse.apply(text).filter(condition));
    }
}
