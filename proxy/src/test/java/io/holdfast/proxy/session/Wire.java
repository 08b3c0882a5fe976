package io.holdfast.proxy.session;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.Upstream.Fallback;
import java.time.Duration;
import java.util.List;

/**
 * A session between hand-written peers, driven by a transcript. By default: guardrail, a primary and a follower that has replayed
 * everything, and a login over the follower.
 *
 * @param rules before the preset's
 * @param follower whether there is one
 * @param opening whether connections open at once, or when the script says so
 * @param clientWait of a held client
 * @param inspectBytes the longest text that is inspected
 */
record Wire(
        Preset preset,
        List<RuleConfig> rules,
        boolean follower,
        boolean opening,
        Fallback fallback,
        Duration clientWait,
        int inspectBytes) {
    static final Duration TIMEOUT = Duration.ofMinutes(30);

    static Wire wire() {
        return new Wire(Preset.GUARDRAIL, List.of(), true, true, Fallback.PRIMARY, TIMEOUT, 1 << 20);
    }

    /** The login is over the primary, and everything else too. */
    Wire withoutFollower() {
        return new Wire(preset, rules, false, opening, fallback, clientWait, inspectBytes);
    }

    Wire withRules(RuleConfig... newRules) {
        return new Wire(preset, List.of(newRules), follower, opening, fallback, clientWait, inspectBytes);
    }

    Wire withPreset(Preset newPreset) {
        return new Wire(newPreset, rules, follower, opening, fallback, clientWait, inspectBytes);
    }

    Wire withClientWait(Duration newClientWait) {
        return new Wire(preset, rules, follower, opening, fallback, newClientWait, inspectBytes);
    }

    Wire withInspectBytes(int newInspectBytes) {
        return new Wire(preset, rules, follower, opening, fallback, clientWait, newInspectBytes);
    }

    Wire withoutFallback() {
        return new Wire(preset, rules, follower, opening, Fallback.ERROR, clientWait, inspectBytes);
    }

    Wire opensWhenTold() {
        return new Wire(preset, rules, follower, false, fallback, clientWait, inspectBytes);
    }

    /** Plays the transcript once for every way in which its bytes may arrive. A frame that it does not name fails it. */
    void plays(String transcript) {
        List<Script.Line> lines = Script.parse(transcript);
        for (Delivery delivery : Delivery.values()) {
            try (Replay replay = new Replay(this, delivery)) {
                replay.play(lines);
            }
        }
    }
}
