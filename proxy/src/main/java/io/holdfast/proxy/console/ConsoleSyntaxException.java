package io.holdfast.proxy.console;

import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;

/** A command that cannot be read. */
final class ConsoleSyntaxException extends Exception {
    private final transient ErrorReport report;

    private ConsoleSyntaxException(ErrorReport report) {
        super(report.message());
        this.report = report;
    }

    static ConsoleSyntaxException near(String word) {
        return new ConsoleSyntaxException(ProxyError.SYNTAX_ERROR.report("or near \"" + Visible.name(word) + '"'));
    }

    static ConsoleSyntaxException atEnd() {
        return new ConsoleSyntaxException(ProxyError.SYNTAX_ERROR.report("end of input"));
    }

    static ConsoleSyntaxException secondCommand(String word) {
        return new ConsoleSyntaxException(near(word).report.withDetail("Only one command can be sent at a time."));
    }

    ErrorReport report() {
        return report;
    }
}
