package io.holdfast.proxy.session;

import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.policy.Ruling;
import io.holdfast.proxy.policy.Verdict;

/** What a session makes of a unit before it looks for a server. */
sealed interface Judgement {
    /** It may run; {@code rule} said so. */
    record Pass(String rule) implements Judgement {}

    /** It must not run. */
    record Refused(String rule, ErrorReport error) implements Judgement {}

    /** It depends on how many rows it touches, and that must be found out first. */
    record Uncounted(Ruling.Depends ruling) implements Judgement {}

    /** People, or time, decide: the verdict is a Hold or a Delay. */
    record Held(Verdict verdict) implements Judgement {}
}
