package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.console.DecisionStatus;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.web.Frame.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds: the list, each of them, decisions, and what has been. */
final class HoldPages {
    private static final int LATELY = 8;
    private static final int PER_PAGE = 50;

    private final Gate gate;
    private final Pages pages;
    private final HoldService holds;
    private final FreezeService freezes;
    private final Function<HoldView, Known> known;

    /** @param known what has been found out about a hold by now; must not block */
    HoldPages(Gate gate, Pages pages, HoldService holds, FreezeService freezes, Function<HoldView, Known> known) {
        this.gate = gate;
        this.pages = pages;
        this.holds = holds;
        this.freezes = freezes;
        this.known = known;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", gate.look(this::list));
        routes.get("/history", gate.look(this::history));
        routes.get("/holds/{id}", gate.look(this::one));
        routes.post("/holds/{id}/approve", gate.act((context, login, form) -> decide(context, login, form, true)));
        routes.post("/holds/{id}/deny", gate.act((context, login, form) -> decide(context, login, form, false)));
        routes.post("/holds/{id}/cancel", gate.act(this::cancel));
    }

    private void list(Context context, Login login) {
        List<HoldView> all = holds.list();
        List<HoldCard> waiting = cards(all, hold -> hold.state() == HoldState.WAITING);
        List<HoldCard> decided = cards(
                all, hold -> hold.state() != HoldState.WAITING && !hold.state().isFinal());
        List<HoldCard> ended = cards(all, hold -> hold.state().isFinal());
        String title = waiting.isEmpty() ? "Holds" : "(" + waiting.size() + ") Holds";
        pages.show(
                context,
                HttpStatus.OK,
                new Page.Holds(
                        pages.frame(title, login, Place.HOLDS),
                        waiting,
                        decided,
                        ended.subList(0, Math.min(LATELY, ended.size())),
                        choosable(all, login.person())));
    }

    /** Ids of what this person can decide together with others; none if there are not two. */
    private static Set<String> choosable(List<HoldView> all, Person viewer) {
        Set<String> ids = all.stream()
                .filter(hold -> hold.state() == HoldState.WAITING)
                .filter(hold -> hold.objectionTo(viewer, false).isEmpty())
                .map(hold -> hold.id().text())
                .collect(Collectors.toSet());
        return ids.size() < 2 ? Set.of() : ids;
    }

    private void history(Context context, Login login) throws Refusal {
        List<HoldCard> ended = cards(holds.list(), hold -> hold.state().isFinal());
        int last = Math.max(1, (ended.size() + PER_PAGE - 1) / PER_PAGE);
        int number = number(context.queryParam("page"));
        if (number < 1 || number > last) {
            throw new Refusal(HttpStatus.NOT_FOUND, "No such page", "The history has " + last + " of them.");
        }
        List<HoldCard> shown = ended.subList((number - 1) * PER_PAGE, Math.min(number * PER_PAGE, ended.size()));
        pages.show(
                context,
                HttpStatus.OK,
                new Page.History(pages.frame("History", login, Place.HISTORY), shown, number, last));
    }

    private void one(Context context, Login login) throws Refusal {
        show(context, login, find(context), HttpStatus.OK, null, "");
    }

    private void decide(Context context, Login login, Form form, boolean approves) throws Refusal {
        HoldView hold = find(context);
        String reason = form.text("reason");
        if (approves && !"yes".equals(form.field("read"))) {
            String problem = "Nothing was counted: say that you have read it, then approve.";
            show(context, login, hold, HttpStatus.BAD_REQUEST, problem, reason);
            return;
        }
        String given = reason.isEmpty() ? null : reason;
        Decision decision = StoreAway.deciding(
                "The page of the hold tells, when it answers.",
                () -> approves
                        ? holds.approve(hold.id(), login.person(), Channel.WEB, given)
                        : holds.deny(hold.id(), login.person(), Channel.WEB, given));
        answer(context, login, decision, reason);
    }

    private void cancel(Context context, Login login, Form form) throws Refusal {
        HoldView hold = find(context);
        String reason = form.text("reason");
        String given = reason.isEmpty() ? null : reason;
        Decision decision = StoreAway.deciding(
                "The page of the hold tells, when it answers.",
                () -> holds.cancel(hold.id(), login.person(), Channel.WEB, given));
        answer(context, login, decision, reason);
    }

    private void answer(Context context, Login login, Decision decision, String reason) throws Refusal {
        switch (decision) {
            case Decision.Accepted(var now) -> context.redirect("/holds/" + now.id(), HttpStatus.SEE_OTHER);
            case Decision.Refused(var why, var message) -> {
                String problem = "Your decision was not counted: " + message + '.';
                show(context, login, find(context), DecisionStatus.of(why), problem, reason);
            }
        }
    }

    private void show(
            Context context, Login login, HoldView hold, HttpStatus status, @Nullable String problem, String reason) {
        Freeze freeze = freezes.now().of(hold.request().database());
        HoldDetail detail = HoldDetail.of(
                hold,
                known.apply(hold),
                problem,
                DecisionForm.of(hold, freeze, login.person(), reason),
                CancelForm.of(hold, login.person(), reason));
        Frame frame = pages.frame(hold.id().text() + ' ' + hold.state().label(), login, Place.HOLD);
        pages.show(context, status, new Page.Hold(frame, detail));
    }

    private HoldView find(Context context) throws Refusal {
        return find(holds, context.pathParam("id"));
    }

    /** @throws Refusal if there is none, or it ended long ago */
    static HoldView find(HoldService holds, String typed) throws Refusal {
        return HoldId.parse(typed)
                .flatMap(holds::find)
                .orElseThrow(() -> new Refusal(
                        HttpStatus.NOT_FOUND,
                        "No such hold",
                        "There is no hold " + Visible.name(typed) + ", or it ended long ago. The audit has them all."));
    }

    private static List<HoldCard> cards(List<HoldView> all, Predicate<HoldView> which) {
        return all.stream().filter(which).map(HoldCard::of).toList();
    }

    /** Zero: no number. */
    private static int number(@Nullable String text) {
        try {
            return text == null ? 1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
