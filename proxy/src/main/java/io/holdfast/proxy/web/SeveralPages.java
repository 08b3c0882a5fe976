package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.ManyDecisions;
import io.holdfast.proxy.console.HoldRows;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.Visible;
import io.holdfast.proxy.web.Frame.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deciding several holds with one reason. Who approves what they have not seen is the danger, so the list only chooses; a page then shows
 * each of them whole, and each counts only if it is ticked there, below its text, as having been read.
 */
final class SeveralPages {
    /** Texts of all together; longer ones are read one by one. */
    private static final int MOST_CHARS = 200_000;

    private static final String PATH = "/decide";

    /**
     * A hold on the page.
     *
     * @param shown names exactly the hold that is shown: its id may come again
     * @param mine the viewer's own relation to it, such as that they asked; null: they may decide it
     */
    record Chosen(HoldDetail detail, String shown, @Nullable String mine) {}

    /**
     * What became of one decision.
     *
     * @param counted whether it was
     * @param text how it stands now, or why it was not counted
     */
    record Answer(String id, boolean counted, String text) {}

    private final Gate gate;
    private final Pages pages;
    private final HoldService holds;
    private final Function<HoldView, Known> known;

    /** @param known what has been found out about a hold by now; must not block */
    SeveralPages(Gate gate, Pages pages, HoldService holds, Function<HoldView, Known> known) {
        this.gate = gate;
        this.pages = pages;
        this.holds = holds;
        this.known = known;
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH, gate.look(this::look));
        routes.post(PATH + "/approve", gate.act((context, login, form) -> decide(context, login, form, true)));
        routes.post(PATH + "/deny", gate.act((context, login, form) -> decide(context, login, form, false)));
        // where a form has left the browser: loading that page again shows what waits, and sends nothing
        routes.get(PATH + "/{verb}", gate.look((context, login) -> context.redirect("/", HttpStatus.SEE_OTHER)));
    }

    private void look(Context context, Login login) throws Refusal {
        List<HoldView> chosen = chosen(context.queryParams("id"));
        if (chosen.isEmpty()) {
            context.redirect("/", HttpStatus.SEE_OTHER);
            return;
        }
        show(context, login, chosen, HttpStatus.OK, null, "");
    }

    private List<HoldView> chosen(List<String> ids) throws Refusal {
        if (ids.size() > ManyDecisions.MOST) {
            throw tooMuch("Choose at most " + ManyDecisions.MOST + '.');
        }
        List<HoldView> chosen = new ArrayList<>();
        for (String id : ids) {
            HoldView hold = HoldPages.find(holds, id);
            if (hold.state() == HoldState.WAITING
                    && chosen.stream().noneMatch(other -> other.id().equals(hold.id()))) {
                chosen.add(hold);
            }
        }
        if (chosen.stream().mapToLong(hold -> hold.request().weight()).sum() > MOST_CHARS) {
            throw tooMuch("Their texts are longer than " + MOST_CHARS + " characters: look at each by itself.");
        }
        return chosen;
    }

    private static Refusal tooMuch(String what) {
        return new Refusal(HttpStatus.BAD_REQUEST, "Too much to read at once", "Nothing was decided. " + what);
    }

    private void decide(Context context, Login login, Form form, boolean approves) throws Refusal {
        String reason = form.text("reason");
        Map<String, String> read = new LinkedHashMap<>(); // an id as typed, and when the hold that was shown was opened
        for (String shown : form.all("hold")) {
            int at = shown.indexOf('@');
            read.put(shown.substring(0, Math.max(0, at)), shown.substring(at + 1));
        }
        if (read.isEmpty() || read.size() > ManyDecisions.MOST) {
            String problem = "Nothing was decided: tick those that you have read.";
            show(context, login, chosen(form.all("id")), HttpStatus.BAD_REQUEST, problem, reason);
            return;
        }
        String given = reason.isEmpty() ? null : reason;
        List<ManyDecisions.One> answers = ManyDecisions.of(
                List.copyOf(read.keySet()),
                id -> decideOne(id, read.getOrDefault(id.text(), ""), login, approves, given));
        boolean any = answers.stream().anyMatch(one -> one.counted().isPresent());
        pages.show(
                context,
                any ? HttpStatus.OK : HttpStatus.CONFLICT,
                new Page.Answers(
                        pages.frame("Decided", login, Place.NONE),
                        approves ? "approved" : "denied",
                        answers.stream().map(SeveralPages::answer).toList()));
    }

    private Decision decideOne(HoldId id, String opened, Login login, boolean approves, @Nullable String reason) {
        Optional<Instant> now = holds.find(id).map(HoldView::opened);
        if (now.isPresent() && !now.get().toString().equals(opened)) {
            return new Decision.Refused(Decision.Reason.UNKNOWN_HOLD, "it is another hold than the one that was shown");
        }
        return approves
                ? holds.approve(id, login.person(), Channel.WEB, reason)
                : holds.deny(id, login.person(), Channel.WEB, reason);
    }

    private static Answer answer(ManyDecisions.One one) {
        return one.counted()
                .map(hold -> new Answer(
                        hold.id().text(), true, hold.state().label() + ", " + HoldRows.approvals(hold) + " approvals"))
                .orElseGet(() -> new Answer(Visible.name(one.typed()), false, "not counted: " + one.why()));
    }

    private void show(
            Context context,
            Login login,
            List<HoldView> chosen,
            HttpStatus status,
            @Nullable String problem,
            String reason) {
        List<Chosen> shown = chosen.stream().map(hold -> of(hold, login)).toList();
        Frame frame = pages.frame("Decide " + shown.size() + " holds", login, Place.NONE);
        pages.show(context, status, new Page.Several(frame, shown, problem, reason));
    }

    private Chosen of(HoldView hold, Login login) {
        DecisionForm form = DecisionForm.of(hold, null, login.person(), "");
        return new Chosen(
                HoldDetail.of(hold, known.apply(hold), null, null, null),
                hold.id().text() + '@' + hold.opened(),
                form == null ? null : form.why());
    }
}
