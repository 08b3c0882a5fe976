package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.ReplyLedger.Request.BIND;
import static io.holdfast.proxy.session.ReplyLedger.Request.CLOSE;
import static io.holdfast.proxy.session.ReplyLedger.Request.DESCRIBE;
import static io.holdfast.proxy.session.ReplyLedger.Request.EXECUTE;
import static io.holdfast.proxy.session.ReplyLedger.Request.FUNCTION_CALL;
import static io.holdfast.proxy.session.ReplyLedger.Request.PARSE;
import static io.holdfast.proxy.session.ReplyLedger.Request.QUERY;
import static io.holdfast.proxy.session.ReplyLedger.Request.SYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.BackendTag;
import io.holdfast.proxy.session.ReplyLedger.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyLedgerTest {
    private final List<String> told = new ArrayList<>();
    private final ReplyLedger ledger = new ReplyLedger(new ReplyLedger.Listener() {
        @Override
        public void done(ReplyLedger.Due due) {
            told.add("done " + due.request());
        }

        @Override
        public void skipped(ReplyLedger.Due due) {
            told.add("skipped " + due.request());
        }

        @Override
        public void joined(Run later, Run earlier) {
            told.add("joined");
        }
    });

    @Test
    void aBatchIsAnsweredInItsOrder() {
        expect(PARSE, DESCRIBE, BIND, DESCRIBE, EXECUTE, CLOSE, SYNC);
        ledger.completes(BackendTag.PARSE_COMPLETE, PARSE);
        ledger.described(BackendTag.ROW_DESCRIPTION);
        ledger.completes(BackendTag.BIND_COMPLETE, BIND);
        ledger.described(BackendTag.NO_DATA);
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.completes(BackendTag.CLOSE_COMPLETE, CLOSE);
        ledger.ready();
        assertThat(ledger.isEmpty()).isTrue();
        assertThat(told)
                .containsExactly(
                        "done PARSE",
                        "done DESCRIBE",
                        "done BIND",
                        "done DESCRIBE",
                        "done EXECUTE",
                        "done CLOSE",
                        "done SYNC");
    }

    @Test
    void aQueryIsAnsweredByAnythingUpToReadyForQuery() {
        expect(QUERY);
        ledger.described(BackendTag.ROW_DESCRIPTION);
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.executed(BackendTag.EMPTY_QUERY_RESPONSE);
        assertThat(ledger.failed()).isFalse();
        assertThat(told).isEmpty();
        assertThat(ledger.ready().request()).isEqualTo(QUERY);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARSE", "BIND", "DESCRIBE", "EXECUTE", "CLOSE"})
    void anErrorInTheExtendedProtocolSkipsUpToSyncQueriesToo(Request request) { // P-11
        expect(request, QUERY, FUNCTION_CALL, BIND, SYNC, QUERY);
        assertThat(ledger.failed()).isFalse();
        assertThat(told)
                .containsExactly("skipped " + request, "skipped QUERY", "skipped FUNCTION_CALL", "skipped BIND");
        assertThat(ledger.readyDue()).isEqualTo(2);
    }

    @Test
    void withoutASyncTheClientsMessagesAreToBeDiscarded() {
        expect(PARSE, BIND);
        assertThat(ledger.failed()).isTrue();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUERY", "SYNC", "FUNCTION_CALL"})
    void anErrorElsewhereSkipsNothing(Request request) {
        expect(request, BIND, SYNC);
        assertThat(ledger.failed()).isFalse();
        assertThat(told).isEmpty();
        assertThat(ledger.ready().request()).isEqualTo(request);
    }

    @Test
    void anErrorThatNothingAskedForChangesNothing() {
        assertThat(ledger.failed()).isFalse();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void anAnswerToAnotherRequestIsAViolation() {
        assertThatThrownBy(ledger::ready).isInstanceOf(ProtocolViolation.class).hasMessageContaining("due: nothing");
        expect(PARSE);
        assertThatThrownBy(ledger::ready).isInstanceOf(ProtocolViolation.class).hasMessageContaining("due: PARSE");
        assertThatThrownBy(() -> ledger.completes(BackendTag.BIND_COMPLETE, BIND))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> ledger.executed(BackendTag.COMMAND_COMPLETE)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> ledger.described(BackendTag.NO_DATA)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(ledger::copyBegins).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void copyDataIsForWhatIsOrMayYetBeACopy() {
        assertThat(ledger.mayReadCopyData()).isFalse();
        expect(PARSE, SYNC);
        assertThat(ledger.mayReadCopyData()).isFalse();
        expect(EXECUTE);
        assertThat(ledger.mayReadCopyData()).isTrue();
    }

    @Test
    void aCopyIsUnderWayFromItsResponseToItsEnd() {
        expect(QUERY);
        assertThat(ledger.copyIn()).isFalse();
        ledger.copyBegins();
        assertThat(ledger.copyIn()).isTrue();
        ledger.copyEnded();
        assertThat(ledger.copyIn()).isFalse();
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.ready();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aCopyWhoseEndWasSentAheadIsNeverUnderWay() {
        expect(QUERY);
        ledger.copyEnded();
        ledger.copyBegins();
        assertThat(ledger.copyIn()).isFalse();
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.copyBegins();
        assertThat(ledger.copyIn()).isTrue(); // the next one of the same query
    }

    @Test
    void aSyncBeforeTheEndOfACopyIsIgnored() {
        expect(EXECUTE, SYNC);
        ledger.copyEnded();
        expect(SYNC);
        ledger.copyBegins();
        assertThat(ledger.readyDue()).isEqualTo(1);
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.ready();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aSyncBeforeACopyThatNeverBeganIsAnswered() {
        expect(EXECUTE, SYNC);
        ledger.copyEnded();
        expect(SYNC);
        ledger.failed();
        ledger.ready();
        ledger.ready();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aStrayCopyDoneIsNothingToWaitFor() {
        expect(EXECUTE, SYNC);
        ledger.copyEnded();
        ledger.executed(BackendTag.COMMAND_COMPLETE);
        ledger.ready();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void whatIsForgottenIsSkipped() {
        expect(PARSE, SYNC);
        ledger.clear();
        assertThat(told).containsExactly("skipped PARSE", "skipped SYNC");
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void onlyWhatTheClientSeesIsOwedToIt() {
        ledger.expect(QUERY, false, null);
        ledger.expect(QUERY, true, null);
        ledger.expect(PARSE, true, null);
        assertThat(ledger.readyDue()).isEqualTo(1);
    }

    private void expect(Request... requests) {
        for (Request request : requests) {
            ledger.expect(request, true, null);
        }
    }
}
