package io.holdfast.proxy.notify;

import io.holdfast.config.Notify.Way;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings steps to Slack, one after the other, by webhook or as a bot. Blocks; of one thread. */
final class SlackSender {
    private final SlackBoard board;
    private final Way way;
    private final Wording wording;
    private final Courier courier;

    SlackSender(SlackBoard board, Way way, Wording wording, Courier courier) {
        this.board = board;
        this.way = way;
        this.wording = wording;
        this.courier = courier;
    }

    /** Tries to send what is due next; nothing if nothing is. */
    void sendNext() throws InterruptedException {
        Step step = board.next().orElse(null);
        if (step == null) {
            return;
        }
        Post post = post(step);
        switch (courier.deliver(() -> post, SlackAnswers::read)) {
            case Answer.Taken taken -> board.done(step, SlackAnswers.ts(taken));
            case Answer.Never never -> board.failed(step);
            case Answer.Later later -> board.again(step);
        }
    }

    private Post post(Step step) {
        return switch (step) {
            case Step.Post(var hold) -> toChannel(HoldMessage.of(hold, wording), null);
            case Step.Summary(var holds) -> toChannel(LinesMessage.summary(holds, wording), null);
            case Step.News(var holds, var ts) -> toChannel(LinesMessage.news(holds, wording), ts);
            case Step.Glass(var hold) -> toChannel(GlassMessage.of(hold, wording), null);
            case Step.Edit(var hold, var ts) -> update(HoldMessage.of(hold, wording), ts);
            case Step.Replace(var hold, var url) ->
                new Post(url, HoldMessage.of(hold, wording).json(Map.of("replace_original", true)));
            case Step.Alarm(var hold, var ts) -> alarm(AlarmMessage.of(hold, wording), ts);
            case Step.Ending(var hold, var ts) -> toChannel(LinesMessage.news(List.of(hold), wording), ts);
        };
    }

    private Post toChannel(SlackMessage message, @Nullable String thread) {
        return SlackCall.post(way, message, thread == null ? Map.of() : Map.of("thread_ts", thread));
    }

    /** Whoever looks at the channel sees it, too; a webhook does not know threads that it has not begun. */
    private Post alarm(SlackMessage message, @Nullable String thread) {
        return way instanceof Way.Bot && thread != null
                ? SlackCall.post(way, message, Map.of("thread_ts", thread, "reply_broadcast", true))
                : toChannel(message, thread);
    }

    private Post update(SlackMessage message, String ts) {
        return switch (way) {
            case Way.Bot bot -> SlackCall.api(bot, "chat.update", message, Map.of("ts", ts));
            case Way.IncomingWebhook webhook -> throw new IllegalStateException("a webhook changes no message");
        };
    }
}
