package io.holdfast.proxy.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.Actor;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Easing;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeAnswer;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.Person;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Freezing and thawing over HTTP, by the tokens of persons; described in {@code openapi.yaml}. */
public final class FreezeApi implements Routes {
    private static final String BAD_BODY =
            "the body is not an object with text fields reason, mode (refuse, wait, now) and database, or too long";

    private final FreezeService freezes;
    private final TokenLogin login;

    public FreezeApi(FreezeService freezes, Tokens tokens) {
        this.freezes = freezes;
        this.login = new TokenLogin(tokens);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/freeze", context -> login.known(context, who -> show(context)));
        routes.post("/api/freeze", context -> login.known(context, who -> freeze(context, who)));
        routes.post("/api/thaw", context -> login.known(context, who -> thaw(context, who)));
    }

    private void show(Context context) {
        freezes.catchUp();
        ArrayNode list = HoldApi.MAPPER.createArrayNode();
        freezes.now().freezes().forEach(freeze -> list.add(json(freeze, "frozen")));
        HoldApi.answer(context, HttpStatus.OK, HoldApi.MAPPER.createObjectNode().set("freezes", list));
    }

    private void freeze(Context context, Person who) {
        try {
            JsonNode body = body(context);
            String typed = text(body, "mode");
            Optional<FreezeMode> mode = Stream.of(FreezeMode.values())
                    .filter(one -> one.label().equals(typed == null ? "refuse" : typed))
                    .findFirst();
            if (mode.isEmpty()) {
                throw new IOException("mode");
            }
            answer(
                    context,
                    freezes.freeze(actor(context, who), mode.get(), text(body, "database"), text(body, "reason")));
        } catch (IOException e) {
            HoldApi.refuse(context, HttpStatus.BAD_REQUEST, BAD_BODY);
        }
    }

    private void thaw(Context context, Person who) {
        try {
            answer(context, freezes.thaw(actor(context, who), text(body(context), "database")));
        } catch (IOException e) {
            HoldApi.refuse(context, HttpStatus.BAD_REQUEST, BAD_BODY);
        }
    }

    private static Actor actor(Context context, Person who) {
        return new Actor(who, Channel.HTTP, TokenLogin.address(context).getHostAddress());
    }

    private static void answer(Context context, FreezeAnswer answer) {
        switch (answer) {
            case FreezeAnswer.Frozen(var freeze) -> HoldApi.answer(context, HttpStatus.OK, json(freeze, "frozen"));
            case FreezeAnswer.OneMore(var freeze) -> HoldApi.answer(context, HttpStatus.OK, json(freeze, "frozen"));
            case FreezeAnswer.OneMoreToEase(var freeze) ->
                HoldApi.answer(context, HttpStatus.OK, json(freeze, "frozen"));
            case FreezeAnswer.Thawed(var freeze) -> HoldApi.answer(context, HttpStatus.OK, json(freeze, "thawed"));
            case FreezeAnswer.Refused(var reason, var message) -> HoldApi.refuse(context, status(reason), message);
        }
    }

    private static HttpStatus status(FreezeAnswer.Reason reason) {
        return switch (reason) {
            case NOT_APPROVER -> HttpStatus.FORBIDDEN;
            case NOT_FROZEN, ALREADY_SAID_BY_YOU, ALREADY_EASED_BY_YOU -> HttpStatus.CONFLICT;
            case NOT_A_DATABASE, NO_REASON, REASON_TOO_LONG -> HttpStatus.BAD_REQUEST;
        };
    }

    private static ObjectNode json(Freeze freeze, String state) {
        ObjectNode json = HoldApi.MAPPER
                .createObjectNode()
                .put("state", state)
                .put("database", freeze.database())
                .put("mode", freeze.mode().label())
                .put("person", freeze.person())
                .put("reason", freeze.reason())
                .put("since", freeze.since().toString());
        ArrayNode thaws = json.putArray("thaw_asked_by");
        freeze.thaws().forEach(thaws::add);
        Easing easing = freeze.easing();
        json.put("milder_mode_asked", easing == null ? null : easing.mode().label());
        ArrayNode milder = json.putArray("milder_asked_by");
        if (easing != null) {
            easing.persons().forEach(milder::add);
        }
        return json;
    }

    private static JsonNode body(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(HoldApi.MAX_BODY + 1);
        if (body.length == 0) {
            return HoldApi.MAPPER.createObjectNode();
        }
        JsonNode json = body.length > HoldApi.MAX_BODY ? HoldApi.MAPPER.missingNode() : HoldApi.MAPPER.readTree(body);
        if (!json.isObject()) {
            throw new IOException("body");
        }
        return json;
    }

    /** Null: not there. */
    private static @Nullable String text(JsonNode body, String field) throws IOException {
        JsonNode value = body.path(field);
        if (!(value.isTextual() || value.isMissingNode() || value.isNull())) {
            throw new IOException(field);
        }
        return value.textValue();
    }
}
