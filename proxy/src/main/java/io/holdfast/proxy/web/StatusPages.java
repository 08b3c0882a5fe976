package io.holdfast.proxy.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** What a browser is shown where there is nothing, or where something went wrong. Others get the plain answers that they had. */
final class StatusPages {
    private static final String HTML = "text/html";

    private final Gate gate;
    private final Pages pages;

    StatusPages(Gate gate, Pages pages) {
        this.gate = gate;
        this.pages = pages;
    }

    void addTo(RoutesConfig routes) {
        add(routes, HttpStatus.NOT_FOUND, "Not here", "There is no such page.");
        add(routes, HttpStatus.METHOD_NOT_ALLOWED, "Not like this", "This page does not take such a request.");
        add(
                routes,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong",
                "The log of the proxy says what. Whether a decision was counted, the page of the hold tells.");
    }

    private void add(RoutesConfig routes, HttpStatus status, String title, String text) {
        Refusal refusal = new Refusal(status, title, text);
        routes.error(status.getCode(), HTML, context -> {
            if (!isAnswered(context)) {
                WebHeaders.add(context);
                pages.refuse(context, refusal, gate.login(context).orElse(null));
            }
        });
    }

    /** By a page of ours, or by the API, which speaks to programs. */
    private static boolean isAnswered(Context context) {
        return Pages.hasShown(context) || context.path().startsWith("/api/");
    }
}
