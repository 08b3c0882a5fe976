package io.holdfast.proxy.notify;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** Answers to who has clicked, which nobody else sees. */
final class Replies {
    private final Supplier<Courier> couriers;

    /** @param couriers a new one for each answer: answers do not wait for each other */
    Replies(Supplier<Courier> couriers) {
        this.couriers = couriers;
    }

    /** Tries a few times; nothing if there is nowhere to answer. */
    void tell(Click click, String markup) throws InterruptedException {
        URI url = click.responseUrl();
        if (url != null) {
            Map<String, Object> onlyThem = Map.of("response_type", "ephemeral", "replace_original", false);
            Post post = new Post(url, new SlackMessage(markup).json(onlyThem));
            Courier courier = couriers.get();
            if (courier.deliver(() -> post, SlackAnswers::read) instanceof Answer.Later later) {
                courier.giveUp(later);
            }
        }
    }
}
