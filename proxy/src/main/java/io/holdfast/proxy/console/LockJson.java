package io.holdfast.proxy.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.audit.SecretRedactor;
import java.time.Instant;

/** What a released statement waits for, as the HTTP API shows it; described in {@code openapi.yaml}. Secrets are taken out. Pure. */
final class LockJson {
    private LockJson() {}

    static ObjectNode of(LockReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (report instanceof LockReport.Unknown(var why, var last)) {
            json.put("unknown", why);
        }
        LockReport.Waiting waiting = report.waiting();
        if (waiting == null) {
            return json;
        }
        json.put("waits_for", waiting.lock())
                .put("since", waiting.since().toString())
                .put("waited_seconds", waiting.waited().toSeconds());
        ArrayNode blockers = json.putArray("blockers");
        waiting.blockers().forEach(blocker -> blockers.add(blocker(blocker)));
        return json.put("more_blockers", waiting.unlisted());
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
                .put("state_since", since == null ? null : since.toString())
                .put("query", SecretRedactor.redactSql(blocker.query()));
    }
}
