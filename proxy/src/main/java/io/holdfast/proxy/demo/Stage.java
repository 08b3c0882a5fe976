package io.holdfast.proxy.demo;

import io.holdfast.proxy.cli.ProxyStarter.RunningProxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people of the tour at their terminals, and the promises made about what they see. */
final class Stage implements AutoCloseable {
    private static final String ADMIN_DATABASE = "holdfast";

    private record Seat(String name, String database) {}

    private final DemoLogins logins;
    private final RunningProxy proxy;
    private final Path audit;
    private final Screen screen;
    private final Map<Seat, Actor> actors = new LinkedHashMap<>();

    /**
     * @param audit the proxy's file
     */
    Stage(DemoLogins logins, RunningProxy proxy, Path audit, Screen screen) {
        this.logins = logins;
        this.proxy = proxy;
        this.audit = audit;
        this.screen = screen;
    }

    /** Somebody in the shop's database. */
    Actor inShop(String name) throws SQLException {
        return at(new Seat(name, ShopDatabase.NAME));
    }

    /** Somebody in the admin console. */
    Actor inConsole(String name) throws SQLException {
        return at(new Seat(name, ADMIN_DATABASE));
    }

    /** Sends everybody home and stops the proxy, so that what it has recorded is complete. */
    Path stopAndKeepAudit() throws SQLException {
        close();
        proxy.close();
        return audit;
    }

    /** Shows lines that come from no terminal. */
    void show(String source, List<String> lines) {
        screen.shown(source, lines);
    }

    /**
     * Claims something.
     *
     * @param promise a statement of fact
     * @param kept whether it is true
     * @param seen what was seen, for whoever must find out why not
     */
    void promise(String promise, boolean kept, Object seen) throws TourFailure {
        if (!kept) {
            throw new TourFailure("not as promised: \"" + promise + "\"; seen: " + seen);
        }
        screen.kept(promise);
    }

    private Actor at(Seat seat) throws SQLException {
        Actor actor = actors.get(seat);
        if (actor == null) {
            actor = Actor.connect(seat.name, logins.password(seat.name), seat.database, proxy.port(), screen);
            actors.put(seat, actor);
        }
        return actor;
    }

    @Override
    public void close() throws SQLException {
        for (Actor actor : actors.values()) {
            actor.close();
        }
    }
}
