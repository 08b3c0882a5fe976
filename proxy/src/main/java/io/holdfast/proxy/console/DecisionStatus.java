package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Decision;
import io.javalin.http.HttpStatus;

/** What HTTP says of a decision that was not counted; the same for the API and the web page. */
public final class DecisionStatus {
    private DecisionStatus() {}

    /** The status for a reason; always one of an error of the caller. */
    public static HttpStatus of(Decision.Reason reason) {
        return switch (reason) {
            case UNKNOWN_HOLD -> HttpStatus.NOT_FOUND;
            case NOT_APPROVER, OWN_REQUEST, NOT_GLASS_BREAKER -> HttpStatus.FORBIDDEN;
            case ALREADY_DECIDED_BY_YOU, NOT_WAITING, NOT_RUNNING, WRITES_FROZEN -> HttpStatus.CONFLICT;
            case REASON_TOO_LONG, NO_REASON -> HttpStatus.BAD_REQUEST;
            case GLASS_TOO_OFTEN -> HttpStatus.TOO_MANY_REQUESTS;
        };
    }
}
