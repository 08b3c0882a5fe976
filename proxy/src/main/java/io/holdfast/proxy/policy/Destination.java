package io.holdfast.proxy.policy;

import io.holdfast.config.RuleConfig.Target;

/**
 * Where a rule wants a unit to run.
 *
 * @param rule its name
 * @param target the only kind of server for it
 */
public record Destination(String rule, Target target) {
    public boolean isFollower() {
        return target == Target.FOLLOWER;
    }
}
