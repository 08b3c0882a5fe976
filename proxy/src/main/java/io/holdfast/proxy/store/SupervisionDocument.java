package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.Supervision;
import io.holdfast.proxy.audit.SecretRedactor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a hold while it runs, as JSON; fields are missing where nothing has. Passwords in blockers' queries are taken out. */
final class SupervisionDocument {
    private SupervisionDocument() {}

    static void add(ObjectNode json, Supervision supervision) {
        Cancellation cancellation = supervision.cancellation();
        if (cancellation != null) {
            json.putObject("cancelled")
                    .put("person", cancellation.person())
                    .put("reason", cancellation.reason())
                    .put("at", cancellation.at().toString())
                    .put("channel", cancellation.channel().name());
        }
        switch (supervision.locks()) {
            case null -> {}
            case LockReport.Waiting waiting -> json.set("waits", waiting(waiting));
            case LockReport.Unknown(var why, var last) -> {
                json.put("locks_unknown", why);
                if (last != null) {
                    json.set("waits", waiting(last));
                }
            }
        }
    }

    private static ObjectNode waiting(LockReport.Waiting waiting) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("lock", waiting.lock())
                .put("since", waiting.since().toString())
                .put("waited", waiting.waited().toString())
                .put("seen", waiting.seen().toString())
                .put("unlisted", waiting.unlisted());
        ArrayNode blockers = json.putArray("blockers");
        waiting.blockers().forEach(blocker -> blockers.add(blocker(blocker)));
        return json;
    }

    private static ObjectNode blocker(Blocker blocker) {
        Instant since = blocker.since();
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", blocker.processId())
                .put("user", blocker.user())
                .put("application", blocker.application())
                .put("address", blocker.address())
                .put("state", blocker.state())
                .put("since", since == null ? null : since.toString())
                .put("query", SecretRedactor.redactSql(blocker.query()));
    }

    static Supervision read(JsonNode json) {
        JsonNode who = json.path("cancelled");
        Cancellation cancellation = who.isMissingNode()
                ? null
                : new Cancellation(
                        who.path("person").asText(),
                        who.path("reason").textValue(),
                        Instant.parse(who.path("at").asText()),
                        Channel.valueOf(who.path("channel").asText()));
        return new Supervision(locks(json), cancellation);
    }

    private static @Nullable LockReport locks(JsonNode json) {
        JsonNode waits = json.path("waits");
        LockReport.Waiting waiting = waits.isMissingNode() ? null : waiting(waits);
        String unknown = json.path("locks_unknown").textValue();
        return unknown == null ? waiting : new LockReport.Unknown(unknown, waiting);
    }

    private static LockReport.Waiting waiting(JsonNode json) {
        List<Blocker> blockers = new ArrayList<>();
        for (JsonNode blocker : json.path("blockers")) {
            String since = blocker.path("since").textValue();
            blockers.add(new Blocker(
                    blocker.path("pid").asInt(),
                    blocker.path("user").asText(),
                    blocker.path("application").asText(),
                    blocker.path("address").asText(),
                    blocker.path("state").asText(),
                    since == null ? null : Instant.parse(since),
                    blocker.path("query").asText()));
        }
        return new LockReport.Waiting(
                json.path("lock").asText(),
                Instant.parse(json.path("since").asText()),
                Duration.parse(json.path("waited").asText()),
                Instant.parse(json.path("seen").asText()),
                blockers,
                json.path("unlisted").asInt());
    }
}
