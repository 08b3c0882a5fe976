package io.holdfast.proxy.policy;

import java.util.Comparator;

/** Orders verdicts: Forward, Delay (the longer the stricter), Hold (the more approvals), Refuse. */
final class Strictness {
    static final Comparator<Verdict> ORDER =
            Comparator.<Verdict>comparingInt(Strictness::kind).thenComparingLong(Strictness::withinKind);

    private Strictness() {}

    /** The stricter of the two; of equals the first, because its rule comes first. */
    static Verdict stricter(Verdict first, Verdict second) {
        return ORDER.compare(first, second) >= 0 ? first : second;
    }

    private static int kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Forward _ -> 0;
            case Verdict.Delay _ -> 1;
            case Verdict.Hold _ -> 2;
            case Verdict.Refuse _ -> 3;
        };
    }

    private static long withinKind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Forward _ -> 0;
            case Verdict.Delay delay -> delay.delay().toMillis();
            case Verdict.Hold hold -> hold.approvals();
            case Verdict.Refuse _ -> 0;
        };
    }
}
