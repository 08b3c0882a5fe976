package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a client is told when something fails. */
final class Failure {
    private Failure() {}

    /** The error that this ends with, whatever it is. */
    static SQLException refused(ThrowingCallable call) {
        SQLException error = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) error).as("expected: an error").isNotNull();
        return error;
    }

    /** The error that this ends with; it must have this SQLSTATE. */
    static SQLException of(String sqlState, ThrowingCallable call) {
        SQLException error = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) error).as("expected: SQLSTATE " + sqlState).isNotNull();
        assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo(sqlState);
        return error;
    }
}
