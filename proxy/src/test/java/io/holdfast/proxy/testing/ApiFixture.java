package io.holdfast.proxy.testing;

import io.holdfast.config.HostPort;
import io.holdfast.config.PersonConfig;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.LoginObserver;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.console.AdminHttp;
import io.holdfast.proxy.console.FreezeApi;
import io.holdfast.proxy.console.HoldApi;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.console.LoginThrottle;
import io.holdfast.proxy.console.SessionInfo;
import io.holdfast.proxy.console.Tokens;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The HTTP API of a hold service on fake time. The tokens of bo, ann, dev, and of eve, who may
 * release alone, are their names with {@code hf_} before them. */
public final class ApiFixture implements AutoCloseable {
    public final Holds holds = new Holds();
    private final AdminHttp http;
    private final int port;

    public ApiFixture() {
        List<PersonConfig> people = List.of(
                person("bo", true),
                person("ann", true),
                person("dev", false),
                new PersonConfig("eve", Set.of("eve"), null, Tokens.hash("hf_eve"), true, true));
        SessionInfo session = new SessionInfo(
                "S-1",
                "dev",
                null,
                "shop",
                "psql\u001b[2K",
                "192.0.2.7",
                "idle",
                Instant.parse("2026-03-13T08:00:00Z"),
                "ALTER ROLE dev PASSWORD 's3cret'");
        http = new AdminHttp(
                new HostPort("127.0.0.1", 0),
                () -> "",
                () -> true,
                List::of,
                List::of,
                List.of(
                        new HoldApi(
                                holds.service,
                                new Tokens(
                                        people,
                                        new People(people),
                                        LoginObserver.NONE,
                                        new LoginThrottle(holds.time.clock().nanoTime())),
                                () -> List.of(session),
                                hold -> new Known(new Insight.Known(List.of()), new Impact.Pending())),
                        new FreezeApi(holds.freezes, new Tokens(people, new People(people)))));
        port = http.start();
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public URI uri(String path) {
        return URI.create(url() + path);
    }

    private static PersonConfig person(String name, boolean approves) {
        return new PersonConfig(name, Set.of(name), null, Tokens.hash("hf_" + name), approves);
    }

    @Override
    public void close() {
        http.close();
    }
}
