package io.holdfast.proxy.notify;

import io.holdfast.config.Notify;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.Routes;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.metrics.NotifyMeters;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slack as a place to see and decide holds: what goes out from the start, what comes in once there is a hold service. */
public final class SlackChannel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlackChannel.class);

    private final Notify.Slack config;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Meters meters;
    private final SlackBoard board;
    private final Worker worker;
    private @Nullable SlackDoor door;

    /**
     * Starts to send what {@link #observer} is told.
     *
     * @param impacts what has been measured of a hold by now; must not block
     */
    public SlackChannel(
            Notify.Slack config,
            HoldLinks links,
            Function<HoldView, Impact> impacts,
            Delivery delivery,
            InstantSource clock,
            Meters meters) {
        this.config = config;
        this.delivery = delivery;
        this.clock = clock;
        this.meters = meters;
        NotifyMeters sent = meters.notifications("slack");
        boolean bot = config.way() instanceof Notify.Way.Bot;
        this.board = new SlackBoard(bot, clock, sent);
        SlackSender sender = new SlackSender(
                board,
                config.way(),
                new Wording(links, config.maskLiterals(), board::wasGranted, impacts),
                delivery.toSlack(sent));
        worker = Worker.start("holdfast-slack", () -> {
            board.awaitWork();
            delivery.settle();
            sender.sendNext();
        });
    }

    public HoldObserver observer() {
        return board;
    }

    /** Where clicks come in; to be asked for once. */
    public synchronized Routes door(HoldService holds, SlackPeople people) {
        NotifyMeters replied = meters.notifications("slack-replies");
        Replies replies = new Replies(() -> delivery.toWhoClicked(replied));
        SlackDoor opened = new SlackDoor(
                new ClickCheck(config.signingSecret(), clock),
                SlackHosts.of(config.way()),
                new SlackClicks(holds, people, board, replies),
                meters,
                new Sparingly(clock));
        door = opened;
        if (!people.withoutSlack().isEmpty()) {
            log.warn("May decide, but not in Slack, having no slack id: {}.", String.join(", ", people.withoutSlack()));
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        if (door != null) {
            door.close();
        }
        worker.close();
    }
}
