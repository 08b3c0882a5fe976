package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.RelationName;
import java.util.List;

/**
 * Everything that a name may stand for. Which of several it is, search_path and the types of the arguments decide; here it is all of
 * them, so that no search_path can make a name harmless that is not.
 */
interface Names {
    /** Functions of this name that are no built-ins. */
    List<Routine> routines(RelationName name);

    /** Relations of this name that are not the system's. */
    List<Relation> relations(RelationName name);

    /** What happens where this word stands anywhere: a type whose casts or checks run code, a function of a row. */
    Code word(String name);

    /** What this operator runs. */
    Code operator(String name);

    /** Whether any word or operator is worth looking for. */
    boolean hasHiddenCalls();
}
