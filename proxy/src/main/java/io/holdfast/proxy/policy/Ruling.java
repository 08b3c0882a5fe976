package io.holdfast.proxy.policy;

import java.util.Set;

/** What the rules make of a unit before anything of it was counted: a verdict, if it does not matter how many rows it touches. */
public sealed interface Ruling permits Verdict, Ruling.Depends {
    /**
     * It matters.
     *
     * @param fewest the verdict if it touches none
     * @param most the verdict if it touches many
     * @param statements whose rows are to be counted, indexes in the unit; at least one
     * @param enough more rows than this need not be told apart, at least 0
     */
    record Depends(Verdict fewest, Verdict most, Set<Integer> statements, long enough) implements Ruling {
        public Depends {
            statements = Set.copyOf(statements);
        }
    }
}
