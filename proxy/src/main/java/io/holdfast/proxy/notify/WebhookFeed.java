package io.holdfast.proxy.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.config.Notify;
import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.HoldJson;
import io.holdfast.proxy.metrics.NotifyMeters;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every change of every hold as JSON to one URL, in order, signed. When too many wait, the newest are dropped and counted. */
public final class WebhookFeed implements HoldObserver {
    private static final Logger log = LoggerFactory.getLogger(WebhookFeed.class);

    private static final int MOST_EVENTS = 2_000;

    /** Of statements' texts; most changes of a hold share one. */
    private static final long MOST_CHARS = 32 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

    private record Event(String id, HoldChange change, HoldView hold, Instant at) {
        long weight() {
            return hold.request().text().length();
        }
    }

    private final Notify.Webhook config;
    private final InstantSource clock;
    private final NotifyMeters meters;
    private final WebhookSignature signature;
    private final Outbox<Event> events = new Outbox<>(MOST_EVENTS, MOST_CHARS, Event::weight);

    /** @param clock of the wall */
    public WebhookFeed(Notify.Webhook config, InstantSource clock, NotifyMeters meters) {
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.signature = new WebhookSignature(config.secret());
        meters.pending(events::size);
    }

    @Override
    public void observed(HoldChange change, HoldView view) {
        if (!events.offer(new Event("evt_" + UUID.randomUUID(), change, view, clock.instant()))) {
            meters.dropped();
            log.error("The webhook will not be told of {} {}: too much is waiting to be sent.", view.id(), change);
        }
    }

    /** Starts to send; closing what is returned ends it. */
    public Worker start(Delivery delivery) {
        Courier courier = delivery.toWebhook(meters);
        return Worker.start("holdfast-webhook", () -> sendNext(courier));
    }

    /** Waits for a change and sends it, however long that takes. Of one thread. */
    void sendNext(Courier courier) throws InterruptedException {
        Event event = events.first();
        String body = body(event);
        Answer answer = courier.deliver(
                () -> new Post(config.url(), signature.headers(event.id, clock.instant(), body), body),
                UnaryOperator.identity());
        if (answer instanceof Answer.Later later) {
            courier.giveUp(later);
        }
        events.removeFirst();
    }

    private static String body(Event event) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("type", "hold." + event.change.name().toLowerCase(Locale.ROOT))
                .put("timestamp", event.at.toString());
        json.set("data", HoldJson.detail(event.hold));
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
