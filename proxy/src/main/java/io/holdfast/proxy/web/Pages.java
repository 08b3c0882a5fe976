package io.holdfast.proxy.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Fills templates in. They are compiled with everything else; none is read when the proxy runs. */
final class Pages {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SHOWN = Pages.class.getName();

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());
    private final Assets assets;

    Pages(Assets assets) {
        this.assets = assets;
    }

    Frame frame(String title, @Nullable Login login, Frame.Place place) {
        return new Frame(title, login, place, assets);
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
        Frame frame = frame(refusal.title(), login, Frame.Place.NONE);
        show(context, refusal.status(), new Page.Message(frame, refusal.status().getCode(), refusal.text()));
    }
}
