package io.holdfast.proxy.store;

import java.sql.SQLException;

/** Carries an SQLException through code that knows of no database. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException failure;

    SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }
}
