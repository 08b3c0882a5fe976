package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Actor;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeAnswer;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.FreezeState;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.web.Frame.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is frozen, freezing, and thawing. */
final class FreezePages {
    private static final String PATH = "/freeze";
    private static final String WHERE_TO_LOOK = "The page of the freezes tells, when it answers.";

    private final Gate gate;
    private final Pages pages;
    private final FreezeService freezes;
    private final Supplier<List<SessionInfo>> sessions;

    FreezePages(Gate gate, Pages pages, FreezeService freezes, Supplier<List<SessionInfo>> sessions) {
        this.gate = gate;
        this.pages = pages;
        this.freezes = freezes;
        this.sessions = sessions;
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH, gate.look(this::list));
        routes.post(PATH, gate.act(this::freeze));
        routes.post("/freeze/thaw", gate.act(this::thaw));
        // where a refused form has left the browser: loading that page again shows what is, and sends nothing
        routes.get("/freeze/thaw", gate.look((context, login) -> context.redirect(PATH, HttpStatus.SEE_OTHER)));
    }

    private void list(Context context, Login login) {
        freezes.catchUp();
        show(context, login, HttpStatus.OK, null, FreezeForm.empty(databases()));
    }

    private void freeze(Context context, Login login, Form sent) throws Refusal {
        FreezeForm form = FreezeForm.of(sent, databases());
        FreezeMode mode = form.mode();
        Optional<String> problem = form.problem();
        if (mode == null || problem.isPresent()) {
            show(context, login, HttpStatus.BAD_REQUEST, notFrozen(problem.orElse("")), form);
            return;
        }
        String database = form.database().isEmpty() ? null : form.database();
        FreezeAnswer answer = StoreAway.deciding(
                WHERE_TO_LOOK, () -> freezes.freeze(actor(context, login), mode, database, form.reason()));
        answer(context, login, answer, FreezePages::notFrozen, form);
    }

    private void thaw(Context context, Login login, Form sent) throws Refusal {
        FreezeForm form = FreezeForm.empty(databases());
        Instant since = since(sent.text("since"))
                .orElseThrow(() -> new Refusal(
                        HttpStatus.BAD_REQUEST, "Not a form", "Nothing was done: it does not say which freeze."));
        String named = sent.field("database");
        String database = named == null || named.isEmpty() ? null : named;
        FreezeAnswer answer =
                StoreAway.deciding(WHERE_TO_LOOK, () -> freezes.thaw(actor(context, login), database, since));
        answer(context, login, answer, message -> "Your word for the thaw was not counted: " + message + '.', form);
    }

    private static Actor actor(Context context, Login login) {
        return new Actor(login.person(), Channel.WEB, Gate.address(context).getHostAddress());
    }

    private static String notFrozen(String message) {
        return "Nothing was frozen: " + message + '.';
    }

    private void answer(
            Context context, Login login, FreezeAnswer answer, UnaryOperator<String> problem, FreezeForm form) {
        switch (answer) {
            case FreezeAnswer.Frozen frozen -> context.redirect(PATH, HttpStatus.SEE_OTHER);
            case FreezeAnswer.OneMore oneMore -> context.redirect(PATH, HttpStatus.SEE_OTHER);
            case FreezeAnswer.OneMoreToEase oneMore -> context.redirect(PATH, HttpStatus.SEE_OTHER);
            case FreezeAnswer.Thawed thawed -> context.redirect(PATH, HttpStatus.SEE_OTHER);
            case FreezeAnswer.Refused(var why, var message) ->
                show(context, login, status(why), problem.apply(message), form);
        }
    }

    private static HttpStatus status(FreezeAnswer.Reason reason) {
        return switch (reason) {
            case NOT_APPROVER -> HttpStatus.FORBIDDEN;
            case NOT_FROZEN, ALREADY_SAID_BY_YOU, ALREADY_EASED_BY_YOU -> HttpStatus.CONFLICT;
            case NOT_A_DATABASE, NO_REASON, REASON_TOO_LONG -> HttpStatus.BAD_REQUEST;
        };
    }

    private void show(Context context, Login login, HttpStatus status, @Nullable String problem, FreezeForm form) {
        FreezeState state = freezes.now();
        Person viewer = login.person();
        List<FreezeCard> cards = state.isKnown()
                ? state.freezes().stream()
                        .map(freeze -> FreezeCard.of(freeze, ThawForm.of(freeze, viewer)))
                        .toList()
                : List.of();
        Frame frame = pages.frame(cards.isEmpty() ? "Freeze" : "Frozen", login, Place.FREEZE);
        pages.show(
                context,
                status,
                new Page.Freezes(frame, state.isKnown(), cards, problem, Freeze.mayFreeze(viewer) ? form : null));
    }

    private List<String> databases() {
        return sessions.get().stream()
                .map(SessionInfo::database)
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<Instant> since(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
