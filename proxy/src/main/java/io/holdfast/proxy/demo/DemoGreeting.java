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
                  web page   @|bold http://%s/|@
                  metrics    http://%s/metrics
                  primary    %s:%d   takes the writes
                  follower   %s:%d   serves the reads
                  audit      %s

                Connect as a developer, %s:

                  @|cyan %s|@

                Destroy something: @|yellow TRUNCATE customers CASCADE;|@ or change more than 1,000 rows: @|yellow UPDATE customers SET name = 'x' WHERE id > 0;|@
                It waits. See it, and let it go, as %s:

                  @|cyan %s|@

                with @|yellow SHOW HOLDS;|@ and @|yellow APPROVE H-... 'why';|@ (or @|yellow DENY H-... 'why';|@). Or on the web page, in a browser for each,
                with these tokens:

                  @|cyan %s|@

                Or from the shell:

                  @|cyan %s|@

                with @|yellow ./holdfast holds|@, @|yellow show H-...|@ and @|yellow approve H-... 'why'|@. Ctrl-C ends the demo.
                """.formatted(
                        port,
                        Objects.requireNonNull(demo.config().tls()).certificate(),
                        admin(),
                        admin(),
                        demo.servers().primary().host(),
                        demo.servers().primary().port(),
                        demo.servers().standby().host(),
                        demo.servers().standby().port(),
                        demo.config().audit().file(),
                        String.join(" or ", DemoLogins.DEVELOPERS),
                        psqlOfEach(DemoLogins.DEVELOPERS, ShopDatabase.NAME),
                        String.join(" and as ", DemoLogins.OPERATORS),
                        psqlOfEach(DemoLogins.OPERATORS, ADMIN_DATABASE),
                        DemoLogins.OPERATORS.stream().map(this::token).collect(Collectors.joining("\n  ")),
                        DemoLogins.OPERATORS.stream().map(this::environment).collect(Collectors.joining("\n  ")));
    }

    private String psqlOfEach(List<String> roles, String database) {
        return roles.stream().map(role -> psql(role, database)).collect(Collectors.joining("\n  "));
    }

    private String psql(String role, String database) {
        return "psql postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(role, demo.logins().password(role), port, database);
    }

    private String token(String operator) {
        return operator + "   " + demo.logins().password(operator);
    }

    private String environment(String operator) {
        return "export HOLDFAST_URL=http://%s HOLDFAST_TOKEN=%s   # %s"
                .formatted(admin(), demo.logins().password(operator), operator);
    }

    private HostPort admin() {
        return Objects.requireNonNull(demo.config().admin());
    }
}
