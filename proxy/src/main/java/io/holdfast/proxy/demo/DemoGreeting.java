package io.holdfast.proxy.demo;

import io.holdfast.config.HostPort;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the demo prints: where everything is, and lines to paste. In picocli's markup, plain without a terminal. */
final class DemoGreeting {
    private static final String ADMIN_DATABASE = "holdfast";

    private final DemoCluster demo;
    private final int port;

    /**
     * @param port the proxy's
     */
    DemoGreeting(DemoCluster demo, int port) {
        this.demo = demo;
        this.port = port;
    }

    String text() {
        return """
                @|bold Holdfast|@ protects a shop:

                  clients    @|bold 127.0.0.1:%d|@   (TLS too: sslrootcert=%s)
                  metrics    http://%s/metrics
                  primary    %s:%d   takes the writes
                  follower   %s:%d   serves the reads
                  audit      %s

                Connect as a developer, %s:

                  @|cyan %s|@

                Destroy something: @|yellow TRUNCATE customers CASCADE;|@ It waits. See it, and let it go, as %s:

                  @|cyan %s|@

                with @|yellow SHOW HOLDS;|@ and @|yellow APPROVE H-... 'why';|@ (or @|yellow DENY H-... 'why';|@). Ctrl-C ends the demo.
                """.formatted(
                        port,
                        Objects.requireNonNull(demo.config().tls()).certificate(),
                        admin(),
                        demo.servers().primary().host(),
                        demo.servers().primary().port(),
                        demo.servers().standby().host(),
                        demo.servers().standby().port(),
                        demo.config().audit().file(),
                        String.join(" or ", DemoLogins.DEVELOPERS),
                        psqlOfEach(DemoLogins.DEVELOPERS, ShopDatabase.NAME),
                        String.join(" and as ", DemoLogins.OPERATORS),
                        psqlOfEach(DemoLogins.OPERATORS, ADMIN_DATABASE));
    }

    /** The accident of DESIGN.md, step by step. */
    String tour() {
        String ana = psql("ana", ShopDatabase.NAME);
        return """

                @|bold The tour.|@ Every line is for a shell of its own, or one after the other.

                1. A read goes to the follower by itself (t: a server in recovery).
                   @|cyan %1$s -c "SELECT pg_is_in_recovery()"|@

                2. A write goes to the primary, and the next read sees it.
                   @|cyan %1$s -c "INSERT INTO events (kind) VALUES ('tour')" -c "SELECT count(*) FROM events WHERE kind = 'tour'"|@

                3. An old terminal, a test suite, a cleaner: every table at once. It waits for two people.
                   @|cyan %1$s -c "TRUNCATE customers, products, events CASCADE"|@

                4. Meanwhile, elsewhere: who wants what, from where?
                   @|cyan %2$s -c "SHOW HOLDS"|@

                5. One says no, and the shop is still there.
                   @|cyan %2$s -c "DENY H-... 'this is production'"|@
                   @|cyan %1$s -c "SELECT count(*) FROM customers"|@

                6. A delete that is meant: two people approve, and it runs on the connection that waited.
                   @|cyan %1$s -c "DELETE FROM events"|@
                   @|cyan %2$s -c "APPROVE H-... 'retention'"|@
                   @|cyan %3$s -c "APPROVE H-... 'retention'"|@

                7. Who ran it, and who let it go?
                   @|cyan tail -n 5 %4$s|@
                """.formatted(
                        ana,
                        psql("cy", ADMIN_DATABASE),
                        psql("di", ADMIN_DATABASE),
                        demo.config().audit().file());
    }

    private String psqlOfEach(List<String> roles, String database) {
        return roles.stream().map(role -> psql(role, database)).collect(Collectors.joining("\n  "));
    }

    private String psql(String role, String database) {
        return "psql postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(role, demo.logins().password(role), port, database);
    }

    private HostPort admin() {
        return Objects.requireNonNull(demo.config().admin());
    }
}
