package io.holdfast.proxy.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.holdfast.proxy.approval.FreezeState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills templates in. They are compiled with everything else; none is read when the proxy runs. */
final class Pages {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SHOWN = Pages.class.getName();

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());
    private final Assets assets;
    private final Supplier<FreezeState> frozen;

    /** @param frozen what is frozen by now; must not block */
    Pages(Assets assets, Supplier<FreezeState> frozen) {
        this.assets = assets;
        this.frozen = frozen;
    }

    Frame frame(String title, @Nullable Login login, Frame.Place place) {
        FreezeBanner banner = login == null ? null : FreezeBanner.of(frozen.get());
        return new Frame(title, login, place, assets, banner);
    }

    void show(Context context, HttpStatus status, Page page) {
        context.status(status).contentType(HTML).result(html(page));
        context.attribute(SHOWN, true);
    }

    /** Whether the answer is a page of ours already. */
    static boolean hasShown(Context context) {
        return context.attribute(SHOWN) != null;
    }

    String html(Page page) {
        StringOutput out = new StringOutput();
        templates.render(page.template(), page, out);
        return out.toString();
    }

    void refuse(Context context, Refusal refusal, @Nullable Login login) {
        refuse(context, refusal, frame(refusal.title(), login, Frame.Place.NONE));
    }

    /** Nothing can be shown for now; the page turns into what was asked for when it can. */
    void away(Context context, @Nullable Login login) {
        Refusal refusal = StoreAway.nothingDone();
        boolean looks = HandlerType.GET.equals(context.method()); // what was sent is not sent again
        refuse(context, refusal, frame(refusal.title(), login, looks ? Frame.Place.AWAY : Frame.Place.NONE));
    }

    private void refuse(Context context, Refusal refusal, Frame frame) {
        show(context, refusal.status(), new Page.Message(frame, refusal.status().getCode(), refusal.text()));
    }
}
