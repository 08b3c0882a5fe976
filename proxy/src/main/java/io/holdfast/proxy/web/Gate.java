package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.StoreUnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Stands before every page: who is logged in, and for what changes something, whether it was sent from one of our own pages. A form needs
 * three things that another site has not: the cookie, which its requests do not carry; the browser's word on where it comes from; and the
 * token of the login.
 */
final class Gate {
    /** What pages send that fetch themselves again: it is no use of the login. */
    private static final String LIVE = "X-Holdfast-Live";

    private final Logins logins;
    private final Pages pages;

    Gate(Logins logins, Pages pages) {
        this.logins = logins;
        this.pages = pages;
    }

    /** A page for everybody. */
    @FunctionalInterface
    interface Open {
        void answer(Context context) throws Refusal;
    }

    /** A page for who is logged in. */
    @FunctionalInterface
    interface Look {
        void answer(Context context, Login login) throws Refusal;
    }

    /** What a form asks for. */
    @FunctionalInterface
    interface Act {
        void answer(Context context, Login login, Form form) throws Refusal;
    }

    Handler open(Open page) {
        return context -> {
            WebHeaders.add(context);
            try {
                page.answer(context);
            } catch (Refusal refusal) {
                pages.refuse(context, refusal, login(context).orElse(null));
            } catch (StoreUnavailableException e) {
                pages.away(context, login(context).orElse(null));
            }
        };
    }

    Handler look(Look page) {
        return open(context -> {
            Optional<Login> login = login(context);
            if (login.isPresent()) {
                page.answer(context, login.get());
            } else if (isLive(context)) {
                context.status(HttpStatus.UNAUTHORIZED);
            } else {
                context.redirect("/login?next=" + encoded(asked(context)), HttpStatus.SEE_OTHER);
            }
        });
    }

    Handler act(Act action) {
        return open(context -> {
            requireOurPage(context);
            Form form = Form.of(context);
            Login login = login(context)
                    .orElseThrow(() -> new Refusal(
                            HttpStatus.UNAUTHORIZED,
                            "Your login has ended",
                            "Nothing was done. Log in, look again, and decide then."));
            if (!login.hasSent(form.field("token"))) {
                throw notOurs();
            }
            action.answer(context, login, form);
        });
    }

    /** @throws Refusal if the browser says that another site sent this, or says nothing */
    static void requireOurPage(Context context) throws Refusal {
        if (!SameOrigin.allows(context.header("Sec-Fetch-Site"), context.header("Origin"), context.host())) {
            throw notOurs();
        }
    }

    private static Refusal notOurs() {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "Not sent from this page",
                "Nothing was done: the form did not come from this page, or from one that is no longer true. Open it anew.");
    }

    /** Who is logged in; empty: nobody. */
    Optional<Login> login(Context context) {
        Optional<String> id = LoginCookie.read(context);
        return isLive(context) ? id.flatMap(logins::look) : id.flatMap(logins::use);
    }

    /** Of the connection: what a header says, anybody can say. */
    static InetAddress address(Context context) {
        return new InetSocketAddress(context.req().getRemoteAddr(), 0).getAddress();
    }

    private static boolean isLive(Context context) {
        return context.header(LIVE) != null;
    }

    private static String asked(Context context) {
        String query = context.queryString();
        return query == null ? context.path() : context.path() + '?' + query;
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
