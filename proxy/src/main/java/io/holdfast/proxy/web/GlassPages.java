package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.DecisionStatus;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.web.Frame.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Releasing a hold alone: a page of its own, which shows all of it once more, and a form that wants a reason, and the hold's id typed, so
 * that nobody gets there by a slip beside Approve.
 */
final class GlassPages {
    private static final String PATH = "/holds/{id}/break-glass";

    private final Gate gate;
    private final Pages pages;
    private final HoldService holds;
    private final Function<HoldView, Known> known;

    /** @param known what has been found out about a hold by now; must not block */
    GlassPages(Gate gate, Pages pages, HoldService holds, Function<HoldView, Known> known) {
        this.gate = gate;
        this.pages = pages;
        this.holds = holds;
        this.known = known;
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH, gate.look(this::look));
        routes.post(PATH, gate.act(this::breakGlass));
    }

    private void look(Context context, Login login) throws Refusal {
        HoldView hold = HoldPages.find(holds, context.pathParam("id"));
        if (!login.person().mayBreakGlass()) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    "Not for you",
                    "Releasing alone is for people who are configured with break-glass: true.");
        }
        if (hold.state() != HoldState.WAITING) {
            context.redirect("/holds/" + hold.id(), HttpStatus.SEE_OTHER);
            return;
        }
        show(context, login, hold, HttpStatus.OK, null, "");
    }

    private void breakGlass(Context context, Login login, Form form) throws Refusal {
        HoldView hold = HoldPages.find(holds, context.pathParam("id"));
        String reason = form.text("reason");
        if (!form.text("confirm").toUpperCase(Locale.ROOT).equals(hold.id().text())) {
            String problem = "Nothing was released: type " + hold.id() + " to say that you mean it.";
            show(context, login, hold, HttpStatus.BAD_REQUEST, problem, reason);
            return;
        }
        Decision decision = StoreAway.deciding(
                "The page of the hold tells, when it answers.",
                () -> holds.breakGlass(hold.id(), login.person(), Channel.WEB, reason));
        switch (decision) {
            case Decision.Accepted(var now) -> context.redirect("/holds/" + now.id(), HttpStatus.SEE_OTHER);
            case Decision.Refused(var why, var message) ->
                show(
                        context,
                        login,
                        HoldPages.find(holds, context.pathParam("id")),
                        DecisionStatus.of(why),
                        "Nothing was released: " + message + '.',
                        reason);
        }
    }

    private void show(
            Context context, Login login, HoldView hold, HttpStatus status, @Nullable String problem, String reason) {
        HoldDetail detail = HoldDetail.of(hold, known.apply(hold), problem, null, null);
        Frame frame = pages.frame("Break the glass on " + hold.id(), login, Place.NONE);
        pages.show(context, status, new Page.Glass(frame, detail, reason));
    }
}
