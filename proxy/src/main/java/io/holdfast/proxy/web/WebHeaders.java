package io.holdfast.proxy.web;

import io.javalin.http.Context;

/** What browsers are told not to do with our pages. */
final class WebHeaders {
    /** Nothing but our own files: no script or style within the page, no frame around it, forms to us only. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private WebHeaders() {}

    static void add(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header(
                        "Referrer-Policy",
                        "same-origin") // with no-referrer, browsers say "Origin: null" of our own forms
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .header("Cache-Control", "no-store");
    }
}
