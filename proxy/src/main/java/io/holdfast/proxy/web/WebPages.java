package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.LoginThrottle;
import io.holdfast.proxy.console.Routes;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.console.Tokens;
import io.holdfast.proxy.web.Frame.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The web page: where it is, and what it is made of. HTML from here, which reads without JavaScript; with it, it follows what happens. */
public final class WebPages implements Routes {
    private final Logins logins;
    private final Gate gate;
    private final Pages pages;
    private final Assets assets = new Assets();
    private final LiveStreams live;
    private final Supplier<List<SessionInfo>> sessions;
    private final HoldPages holdPages;
    private final GlassPages glassPages;
    private final SeveralPages severalPages;
    private final FreezePages freezePages;
    private final LoginPages loginPages;

    /**
     * Prepares; whoever serves HTTP asks for the routes.
     *
     * @param known what has been found out about a hold by now; must not block
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param random for ids that nobody may guess
     */
    public WebPages(
            HoldService holds,
            FreezeService freezes,
            Tokens tokens,
            Supplier<List<SessionInfo>> sessions,
            Function<HoldView, Known> known,
            LiveStreams live,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.live = live;
        this.sessions = sessions;
        logins = new Logins(tokens::personByHash, nanoTime, random);
        pages = new Pages(assets, freezes::now);
        gate = new Gate(logins, pages);
        holdPages = new HoldPages(gate, pages, holds, freezes, known);
        glassPages = new GlassPages(gate, pages, holds, known);
        severalPages = new SeveralPages(gate, pages, holds, known);
        freezePages = new FreezePages(gate, pages, freezes, sessions);
        loginPages = new LoginPages(gate, logins, new LoginThrottle(nanoTime), pages, tokens.observer());
    }

    @Override
    public void addTo(RoutesConfig routes) {
        assets.addTo(routes);
        loginPages.addTo(routes);
        holdPages.addTo(routes);
        glassPages.addTo(routes);
        severalPages.addTo(routes);
        freezePages.addTo(routes);
        routes.get("/sessions", gate.look(this::sessions));
        routes.get("/events", gate.open(this::follow));
        new StatusPages(gate, pages).addTo(routes);
    }

    private void sessions(Context context, Login login) {
        List<SessionCard> cards = sessions.get().stream().map(SessionCard::of).toList();
        pages.show(context, HttpStatus.OK, new Page.Sessions(pages.frame("Sessions", login, Place.SESSIONS), cards));
    }

    /** A page that follows is no use of the login; somebody may have left it open. */
    private void follow(Context context) throws Refusal {
        Optional<String> id = LoginCookie.read(context).filter(this::isLoggedIn);
        if (id.isEmpty()) {
            context.status(HttpStatus.UNAUTHORIZED);
            return;
        }
        live.open(context, () -> isLoggedIn(id.get()));
    }

    private boolean isLoggedIn(String id) {
        return logins.look(id).isPresent();
    }
}
