package io.holdfast.proxy.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.ManyDecisions;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.audit.SecretRedactor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Look and decide over HTTP, for commands of the shell and for scripts. Each request names its person by {@code Authorization: Bearer},
 * and by nothing that a browser sends along by itself, so no other page can decide in somebody's name.
 */
public final class HoldApi implements Routes {
    private static final String JSON = "application/json";

    /** Of a body: a reason is at most 1,000 characters, each at most 6 bytes of JSON. */
    static final int MAX_BODY = 8_192;

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final HoldService holds;
    private final TokenLogin login;
    private final Supplier<List<SessionInfo>> sessions;
    private final Function<HoldView, Known> known;

    /** @param known what has been found out about a hold by now; must not block */
    public HoldApi(
            HoldService holds, Tokens tokens, Supplier<List<SessionInfo>> sessions, Function<HoldView, Known> known) {
        this.holds = holds;
        this.login = new TokenLogin(tokens);
        this.sessions = sessions;
        this.known = known;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/openapi.yaml", HoldApi::describe);
        routes.get("/api/holds", context -> known(context, who -> list(context)));
        routes.get("/api/holds/{id}", context -> known(context, who -> show(context)));
        routes.post("/api/holds/{id}/approve", deciding(holds::approve));
        routes.post("/api/holds/{id}/deny", deciding(holds::deny));
        routes.post("/api/holds/{id}/cancel", deciding(holds::cancel));
        routes.post("/api/holds/{id}/break-glass", deciding(holds::breakGlass));
        routes.post("/api/holds/approve", context -> known(context, who -> decideSeveral(context, who, true)));
        routes.post("/api/holds/deny", context -> known(context, who -> decideSeveral(context, who, false)));
        routes.get("/api/sessions", context -> known(context, who -> sessions(context)));
    }

    /** What a person does to a hold. */
    private interface Deed {
        Decision by(HoldId id, Person who, Channel channel, @Nullable String reason);
    }

    private Handler deciding(Deed deed) {
        return context -> known(context, who -> decide(context, who, deed));
    }

    private void known(Context context, Consumer<Person> action) {
        login.known(context, action);
    }

    private void list(Context context) {
        ArrayNode list = MAPPER.createArrayNode();
        holds.list().forEach(hold -> list.add(HoldJson.summary(hold)));
        answer(context, HttpStatus.OK, MAPPER.createObjectNode().set("holds", list));
    }

    private void show(Context context) {
        Optional<HoldView> hold = HoldId.parse(context.pathParam("id")).flatMap(holds::find);
        if (hold.isEmpty()) {
            unknown(context);
        } else {
            answer(context, HttpStatus.OK, HoldJson.whole(hold.get(), known.apply(hold.get())));
        }
    }

    private Decision decide(HoldId id, Person who, boolean approves, @Nullable String reason) {
        return approves ? holds.approve(id, who, Channel.HTTP, reason) : holds.deny(id, who, Channel.HTTP, reason);
    }

    private static void decide(Context context, Person who, Deed deed) {
        Optional<HoldId> id = HoldId.parse(context.pathParam("id"));
        if (id.isEmpty()) {
            unknown(context);
            return;
        }
        String reason;
        try {
            reason = reason(body(context));
        } catch (IOException e) {
            refuse(context, HttpStatus.BAD_REQUEST, "the body is not an object with a text field reason, or too long");
            return;
        }
        switch (deed.by(id.get(), who, Channel.HTTP, reason)) {
            case Decision.Accepted(var hold) -> answer(context, HttpStatus.OK, HoldJson.summary(hold));
            case Decision.Refused(var why, var message) -> refuse(context, DecisionStatus.of(why), message);
        }
    }

    /** Each has its own answer, whatever that is: 200 says only that they are here. */
    private void decideSeveral(Context context, Person who, boolean approves) {
        List<String> ids;
        String reason;
        try {
            JsonNode body = body(context);
            ids = ids(body);
            reason = reason(body);
        } catch (IOException e) {
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "the body is not an object with a list ids of 1 to " + ManyDecisions.MOST
                            + " texts and a text field reason, or too long");
            return;
        }
        ArrayNode answers = MAPPER.createArrayNode();
        ManyDecisions.of(ids, id -> decide(id, who, approves, reason))
                .forEach(one -> answers.add(HoldJson.answer(one)));
        answer(context, HttpStatus.OK, MAPPER.createObjectNode().set("answers", answers));
    }

    private static List<String> ids(JsonNode body) throws IOException {
        JsonNode list = body.path("ids");
        List<String> ids = new ArrayList<>();
        for (JsonNode id : list) {
            if (!id.isTextual()) {
                throw new IOException("ids");
            }
            ids.add(id.textValue());
        }
        if (!list.isArray() || ids.isEmpty() || ids.size() > ManyDecisions.MOST) {
            throw new IOException("ids");
        }
        return ids;
    }

    /** The control store does not answer. */
    static void unavailable(Context context, StoreUnavailableException why) {
        refuse(
                context,
                HttpStatus.SERVICE_UNAVAILABLE,
                "the control store is not available"
                        + (why.mayHaveHappened() ? "; what was asked for may have happened, or not" : ""));
    }

    private static void unknown(Context context) {
        String typed = Visible.name(context.pathParam("id"));
        refuse(context, HttpStatus.NOT_FOUND, "hold " + typed + " does not exist");
    }

    /** An empty object if there is none. */
    private static JsonNode body(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(MAX_BODY + 1);
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        JsonNode json = body.length > MAX_BODY ? MAPPER.missingNode() : MAPPER.readTree(body);
        if (!json.isObject()) {
            throw new IOException("body");
        }
        return json;
    }

    /** Null: none given. */
    private static @Nullable String reason(JsonNode body) throws IOException {
        JsonNode reason = body.path("reason");
        if (!(reason.isTextual() || reason.isMissingNode() || reason.isNull())) {
            throw new IOException("body");
        }
        return reason.textValue();
    }

    private void sessions(Context context) {
        ArrayNode list = MAPPER.createArrayNode();
        for (SessionInfo session : sessions.get()) {
            list.addObject()
                    .put("session", session.session())
                    .put("user", session.user())
                    .put("person", session.person())
                    .put("database", session.database())
                    .put("application", session.application())
                    .put("address", session.address())
                    .put("state", session.state())
                    .put("connected_since", session.since().toString())
                    .put("statement", SecretRedactor.redactSql(session.statement()))
                    .put("ci", session.ci())
                    .put("certificate", session.certificate());
        }
        answer(context, HttpStatus.OK, MAPPER.createObjectNode().set("sessions", list));
    }

    private static void describe(Context context) {
        try (InputStream in = HoldApi.class.getResourceAsStream("openapi.yaml")) {
            byte[] bytes = Objects.requireNonNull(in, "openapi.yaml").readAllBytes();
            context.contentType("application/yaml").result(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void refuse(Context context, HttpStatus status, String why) {
        answer(context, status, MAPPER.createObjectNode().put("error", why));
    }

    static void answer(Context context, HttpStatus status, JsonNode body) {
        try {
            context.status(status).contentType(JSON).result(MAPPER.writeValueAsString(body) + '\n');
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
