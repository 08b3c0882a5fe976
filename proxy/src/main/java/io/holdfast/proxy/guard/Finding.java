package io.holdfast.proxy.guard;

import org.jspecify.annotations.Nullable;

/**
 * A target, and where it was found.
 *
 * @param name for {@code --allow}, unique: {@code DATABASE_URL}, {@code .env:DATABASE_URL}
 * @param target null: it could not be understood
 * @param problem why not; null: it could
 */
public record Finding(
        String name, @Nullable Target target, @Nullable String problem) {
    static Finding of(String name, Target target) {
        return new Finding(name, target, null);
    }

    static Finding problem(String name, TargetProblem problem) {
        return new Finding(name, null, problem.getMessage());
    }

    /** For people, without secrets. */
    public String shown() {
        return target == null ? "(not shown)" : target.masked();
    }
}
