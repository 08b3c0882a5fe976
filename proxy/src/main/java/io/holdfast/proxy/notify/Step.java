package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldView;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message to Slack that is due. */
sealed interface Step {
    /** A hold gets a message of its own. */
    record Post(HoldView hold) implements Step {}

    /** The bot changes the message it has posted. */
    record Edit(HoldView hold, String ts) implements Step {}

    /** The message is changed by the way that a click has opened. */
    record Replace(HoldView hold, URI responseUrl) implements Step {}

    /** The end of the story, under a message that has been changed. */
    record Ending(HoldView hold, String ts) implements Step {}

    /** One person has released it alone: a message of its own, to everybody in the channel. */
    record Glass(HoldView hold) implements Step {}

    /**
     * A released statement waits for a lock, or does not any more. A message of its own, since nobody is told of one that changes.
     *
     * @param ts under this message, and in the channel; null: in the channel alone
     */
    record Alarm(HoldView hold, @Nullable String ts) implements Step {}

    /** Many holds in one message. */
    record Summary(List<HoldView> holds) implements Step {}

    /**
     * What has become of holds whose messages cannot be changed.
     *
     * @param ts under this message; null: in the channel
     */
    record News(List<HoldView> holds, @Nullable String ts) implements Step {}
}
