package io.holdfast.proxy.policy;

import io.holdfast.proxy.statement.StatementFacts;
import java.util.Collection;
import java.util.List;

/** Commands in a rule: {@code DROP TABLE}, or a first word that stands for all such: {@code DROP}. Asked without garbage. */
final class CommandNames {
    private final List<String> names;

    CommandNames(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /** A statement is all that it wraps: a SELECT around a DELETE is covered by a rule that names both, and touched by one that names either. */
    Coverage of(StatementFacts statement) {
        if (names.isEmpty()) {
            return Coverage.FULL;
        }
        boolean all = has(statement.command());
        boolean some = all;
        List<String> inner = statement.innerCommands();
        for (int i = 0; i < inner.size(); i++) {
            boolean named = has(inner.get(i));
            all &= named;
            some |= named;
        }
        return all ? Coverage.FULL : some ? Coverage.PARTIAL : Coverage.NONE;
    }

    private boolean has(String command) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (command.startsWith(name)
                    && (command.length() == name.length() || OwnClass.firstWordEnds(command) == name.length())) {
                return true;
            }
        }
        return false;
    }
}
