package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.COMMITTED;
import static io.holdfast.proxy.statement.Keyword.DEFERRABLE;
import static io.holdfast.proxy.statement.Keyword.ISOLATION;
import static io.holdfast.proxy.statement.Keyword.LEVEL;
import static io.holdfast.proxy.statement.Keyword.NOT;
import static io.holdfast.proxy.statement.Keyword.ONLY;
import static io.holdfast.proxy.statement.Keyword.READ;
import static io.holdfast.proxy.statement.Keyword.REPEATABLE;
import static io.holdfast.proxy.statement.Keyword.SERIALIZABLE;
import static io.holdfast.proxy.statement.Keyword.UNCOMMITTED;
import static io.holdfast.proxy.statement.Keyword.WRITE;

import org.jspecify.annotations.Nullable;

/** Modes of a transaction; null where the text says nothing. The last one said wins. */
record TransactionModes(
        @Nullable Boolean readOnly,
        @Nullable String isolation,
        @Nullable Boolean deferrable) {
    /** Reads modes, with commas between or without, as long as there are some. */
    static TransactionModes read(Reading r) {
        Boolean readOnly = null;
        String isolation = null;
        Boolean deferrable = null;
        while (true) {
            if (r.accept(READ, ONLY)) {
                readOnly = true;
            } else if (r.accept(READ, WRITE)) {
                readOnly = false;
            } else if (r.accept(ISOLATION, LEVEL)) {
                isolation = isolation(r);
            } else if (r.accept(DEFERRABLE)) {
                deferrable = true;
            } else if (r.accept(NOT, DEFERRABLE)) {
                deferrable = false;
            } else if (!r.accept(',')) {
                return new TransactionModes(readOnly, isolation, deferrable);
            }
        }
    }

    private static String isolation(Reading r) {
        if (r.accept(SERIALIZABLE)) {
            return "serializable";
        } else if (r.accept(REPEATABLE, READ)) {
            return "repeatable read";
        } else if (r.accept(READ, COMMITTED)) {
            return "read committed";
        } else if (r.accept(READ, UNCOMMITTED)) {
            return "read uncommitted";
        }
        throw r.unexpected();
    }
}
