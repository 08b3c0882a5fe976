package io.holdfast.proxy.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/**
 * Where a browser keeps the id of its login. No script sees it, no other site's request carries it. Where the browser came over TLS it is
 * for TLS only; a web server in front says so in {@code X-Forwarded-Proto}, and anybody may: it only makes the cookie stricter.
 */
final class LoginCookie {
    private static final String NAME = "holdfast";
    /** Browsers take a name with this prefix from the very host only, over TLS. */
    private static final String SECURE_NAME = "__Host-" + NAME;

    private static final int UNTIL_THE_BROWSER_ENDS = -1;

    private LoginCookie() {}

    static Optional<String> read(Context context) {
        return Optional.ofNullable(context.cookie(name(context))).filter(id -> !id.isEmpty());
    }

    static void write(Context context, String id) {
        context.cookie(cookie(context, id, UNTIL_THE_BROWSER_ENDS));
    }

    static void clear(Context context) {
        context.cookie(cookie(context, "", 0));
    }

    private static Cookie cookie(Context context, String value, int seconds) {
        return new Cookie(name(context), value, "/", seconds, isTls(context), true, null, SameSite.STRICT);
    }

    private static String name(Context context) {
        return isTls(context) ? SECURE_NAME : NAME;
    }

    private static boolean isTls(Context context) {
        return "https".equals(context.scheme()) || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
    }
}
