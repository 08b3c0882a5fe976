package io.holdfast.proxy;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.console.Labels;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever watches logs and metrics hears of what one person releases alone; audit, Slack and the webhook hear of it by themselves. */
record GlassAlarm(Meters meters) implements HoldObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GlassAlarm.class);

    @Override
    public void observed(HoldChange change, HoldView view) {
        if (change != HoldChange.GLASS_BROKEN) {
            return;
        }
        meters.glassBroken();
        Vote vote = view.votes().getLast();
        LOG.warn(
                "GLASS BROKEN: {} has released {} alone ({}): {}. Asked for by {} in {}.",
                Visible.name(vote.person()),
                view.id(),
                Labels.of(vote.channel()),
                Visible.name(String.valueOf(vote.reason())),
                Visible.name(view.request().user()),
                Visible.name(view.request().database()));
    }
}
