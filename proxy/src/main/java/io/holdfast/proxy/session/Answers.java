package io.holdfast.proxy.session;

import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.error.ErrorReport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Frames that the proxy makes itself. The caller owns what it gets. */
public final class Answers {
    private Answers() {}

    public static ByteBuf error(ByteBufAllocator allocator, ErrorReport report) {
        return error(allocator, fields(report));
    }

    public static ByteBuf error(ByteBufAllocator allocator, ErrorFields fields) {
        ByteBuf out = allocator.buffer();
        BackendWriter.errorResponse(out, fields);
        return out;
    }

    /** Tells a client that waits; SQLSTATE 01000 as it is no error. */
    public static ByteBuf notice(ByteBufAllocator allocator, String message, String hint) {
        ByteBuf out = allocator.buffer();
        BackendWriter.noticeResponse(
                out, ErrorFields.of("NOTICE", "01000", message).withHint(hint));
        return out;
    }

    public static ByteBuf ready(ByteBufAllocator allocator, TransactionStatus status) {
        ByteBuf out = allocator.buffer(6);
        BackendWriter.readyForQuery(out, status);
        return out;
    }

    /** The report as the fields of an ErrorResponse. */
    public static ErrorFields fields(ErrorReport report) {
        ErrorFields fields = ErrorFields.of(report.severity().name(), report.sqlstate(), report.message());
        if (report.detail() != null) {
            fields = fields.withDetail(report.detail());
        }
        return report.hint() == null ? fields : fields.withHint(report.hint());
    }
}
