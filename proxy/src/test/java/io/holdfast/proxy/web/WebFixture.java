package io.holdfast.proxy.web;

import io.holdfast.config.HostPort;
import io.holdfast.config.PersonConfig;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.console.AdminHttp;
import io.holdfast.proxy.console.HoldApi;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.LoginThrottle;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.console.Tokens;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The web page of a hold service on fake time, beside the API. The tokens of bo, ann, dev, and of eve, who may
 * release alone, are their names with {@code hf_} before them. */
final class WebFixture implements AutoCloseable {
    static final Known KNOWN = new Known(new Insight.Known(List.of()), new Impact.None("there are no servers"));

    final LiveStreams live;
    final Holds holds;
    private final AdminHttp http;
    private final int port;

    /** Who came in, and who tried to. */
    final List<String> logins = new CopyOnWriteArrayList<>();

    WebFixture() {
        this(new LiveStreams());
    }

    WebFixture(LiveStreams live) {
        this(live, new Holds());
    }

    private WebFixture(LiveStreams live, Holds holds) {
        this(live, holds, holds.freezes);
    }

    private WebFixture(LiveStreams live, Holds holds, FreezeService freezes) {
        this.live = live;
        this.holds = holds;
        holds.service.onAnyChange(live::changed);
        freezes.onAnyChange(live::changed);
        List<PersonConfig> people = List.of(
                person("bo", true),
                person("ann", true),
                person("dev", false),
                new PersonConfig("eve", Set.of("eve"), null, Tokens.hash("hf_eve"), true, true));
        Tokens tokens = new Tokens(
                people,
                new People(people),
                (result, channel, person, user, address) -> logins.add(
                        String.join(" ", result.name(), channel.name(), person == null ? "?" : person, address)),
                new LoginThrottle(holds.time.clock().nanoTime()));
        SessionInfo session = new SessionInfo(
                "S-1",
                "dev",
                null,
                "shop",
                "<b>psql\u001b[2K",
                "192.0.2.7",
                "idle",
                Instant.parse("2026-03-13T08:00:00Z"),
                "ALTER ROLE dev PASSWORD 's3cret'");
        http = new AdminHttp(
                new HostPort("127.0.0.1", 0),
                () -> "holdfast_sessions 1.0\n",
                () -> true,
                List::of,
                List::of,
                List.of(
                        new HoldApi(holds.service, tokens, List::of, hold -> KNOWN),
                        new WebPages(
                                holds.service,
                                freezes,
                                tokens,
                                () -> List.of(session),
                                hold -> KNOWN,
                                live,
                                holds.time.clock().nanoTime(),
                                new SecureRandom())));
        port = http.start();
    }

    /** Of a proxy that has started while the control store is away. */
    static WebFixture withoutAnAnswerYet() {
        Holds holds = new Holds();
        holds.store.down = true;
        return new WebFixture(
                new LiveStreams(),
                holds,
                new FreezeService(holds.store, HoldLimits.DEFAULT, holds.time.clock(), List.of()));
    }

    private static PersonConfig person(String name, boolean approves) {
        return new PersonConfig(name, Set.of(name), null, Tokens.hash("hf_" + name), approves);
    }

    /** Without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A browser of somebody who is not logged in. */
    WebClient browser() {
        return new WebClient(port);
    }

    /** A browser of somebody who is. */
    WebClient browser(String person) throws Exception {
        return browser().logIn(person);
    }

    @Override
    public void close() {
        live.close();
        http.close();
    }
}
