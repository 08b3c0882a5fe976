package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.LoginObserver;
import io.holdfast.proxy.approval.LoginObserver.Result;
import io.holdfast.proxy.console.LoginThrottle;
import io.holdfast.proxy.console.Visible;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In by a token, the same as for the API, and out. */
final class LoginPages {
    private static final Logger LOG = LoggerFactory.getLogger(LoginPages.class);
    private static final int MAX_TOKEN = 200;

    private final Gate gate;
    private final Logins logins;
    private final LoginThrottle throttle;
    private final Pages pages;
    private final LoginObserver observer;

    LoginPages(Gate gate, Logins logins, LoginThrottle throttle, Pages pages, LoginObserver observer) {
        this.gate = gate;
        this.logins = logins;
        this.throttle = throttle;
        this.pages = pages;
        this.observer = observer;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/login", gate.open(this::ask));
        routes.post("/login", gate.open(this::enter));
        routes.post("/logout", gate.act((context, login, form) -> leave(context, login)));
    }

    private void ask(Context context) {
        String next = Return.to(context.queryParam("next"));
        if (gate.login(context).isPresent()) {
            context.redirect(next, HttpStatus.SEE_OTHER);
            return;
        }
        boolean ended = LoginCookie.read(context).isPresent();
        if (ended) {
            LoginCookie.clear(context);
        }
        show(context, HttpStatus.OK, next, ended ? "Your login has ended. Log in again." : null);
    }

    private void enter(Context context) throws Refusal {
        Gate.requireOurPage(context);
        Form form = Form.of(context);
        String next = Return.to(form.field("next"));
        InetAddress address = Gate.address(context);
        String from = address.getHostAddress();
        Duration wait = throttle.take(address);
        if (wait.isPositive()) {
            observer.observed(Result.THROTTLED, Channel.WEB, null, "", from);
            long seconds = wait.toSeconds() + 1;
            context.header("Retry-After", String.valueOf(seconds));
            show(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    next,
                    "Too many wrong tokens. Try again in " + seconds + " seconds.");
            return;
        }
        String token = form.text("login");
        Optional<String> id = token.length() > MAX_TOKEN ? Optional.empty() : logins.open(token);
        if (id.isEmpty()) {
            LOG.warn("A login to the web page from {} was refused: nobody's token.", from);
            observer.observed(Result.FAILED, Channel.WEB, null, "", from);
            show(context, HttpStatus.UNAUTHORIZED, next, "This is nobody's token.");
            return;
        }
        throttle.giveBack(address);
        LoginCookie.read(context).ifPresent(logins::end);
        LoginCookie.write(context, id.get());
        logins.look(id.get()).ifPresent(login -> {
            String name = login.person().name();
            LOG.info("{} has logged in to the web page from {}.", Visible.name(name), from);
            observer.observed(Result.SUCCEEDED, Channel.WEB, name, "", from);
        });
        context.redirect(next, HttpStatus.SEE_OTHER);
    }

    private void leave(Context context, Login login) {
        LoginCookie.read(context).ifPresent(logins::end);
        LoginCookie.clear(context);
        LOG.info(
                "{} has logged out of the web page.",
                Visible.name(login.person().name()));
        context.redirect("/login", HttpStatus.SEE_OTHER);
    }

    private void show(Context context, HttpStatus status, String next, @Nullable String problem) {
        pages.show(context, status, new Page.Enter(pages.frame("Log in", null, Frame.Place.NONE), next, problem));
    }
}
