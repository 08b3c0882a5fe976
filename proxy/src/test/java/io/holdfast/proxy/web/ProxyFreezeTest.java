package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two proxies with one control store; frozen by the page of one, followed and thawed at the page of the other. */
@Timeout(120)
class ProxyFreezeTest {
    private static final Pattern SINCE = Pattern.compile("name=\"since\" value=\"([^\"]+)\"");
    private static final String CHANGE = "event: change";

    private static TestServers servers;
    private static ProxyFixture a;
    private static ProxyFixture b;

    @BeforeAll
    static void open() throws Exception {
        servers = TestServers.start();
        var store = ControlDatabase.createOn(servers.primary());
        a = ProxyFixture.builder().servers(servers).controlStore(store).admin().start();
        b = ProxyFixture.builder().servers(servers).controlStore(store).admin().start();
        servers.execute("CREATE TABLE web_frost (n int)");
    }

    @AfterAll
    static void close() {
        a.close();
        b.close();
        servers.close();
    }

    @Test
    void aFreezeByThePageStopsWritesEverywhereUntilTwoThaw() throws Exception {
        try (WebClient cy = new WebClient(a.adminPort()).logIn("cy");
                WebClient di = new WebClient(b.adminPort()).logIn("di");
                BufferedReader events = WebClient.lines(di.follow());
                Connection atA = a.connect("ana");
                Connection atB = b.connect("ana")) {
            assertThat(events.readLine()).isEqualTo("retry: 2000");
            Map<String, String> form =
                    Map.of("scope", "all", "mode", "refuse", "reason", "the <b>accident</b>", "mean", "yes");
            assertThat(cy.act("/freeze", form).statusCode()).isEqualTo(303);

            assertRefused(atA);
            String frozen = awaitShown(di, events, "/", "Writes are frozen in all databases");
            assertThat(frozen).contains("by <b>cy</b>", "the &lt;b&gt;accident");
            assertRefused(atB);
            assertThat(Sql.number(atB, "SELECT count(*) FROM web_frost")).isZero();

            assertThat(thaw(cy).statusCode()).isEqualTo(303);
            assertRefused(atA);
            awaitShown(di, events, "/history", "cy has asked for the thaw");
            assertThat(thaw(di).statusCode()).isEqualTo(303);
            Sql.run(atB, "INSERT INTO web_frost VALUES (1)");
            assertThat(di.get("/").body()).doesNotContain("Writes are frozen");
        }
        assertThat(servers.count("web_frost")).isEqualTo(1);
        assertThat(Files.readAllLines(a.audit()))
                .anyMatch(line -> line.contains("\"kind\":\"frozen\"") && line.contains("accident"));
        assertThat(Files.readAllLines(b.audit())).anyMatch(line -> line.contains("\"kind\":\"thawed\""));
    }

    /** Looks again whenever the page is told to; an event may be of what was known before. */
    private static String awaitShown(WebClient who, BufferedReader events, String path, String part) throws Exception {
        String body = who.get(path).body();
        while (!body.contains(part)) {
            assertThat(WebClient.awaitLine(events, CHANGE)).isTrue();
            body = who.get(path).body();
        }
        return body;
    }

    /** As the form on the page has it, with the time as the control store keeps it. */
    private static HttpResponse<String> thaw(WebClient who) throws Exception {
        Matcher since = SINCE.matcher(who.get("/freeze").body());
        assertThat(since.find()).as("a form to thaw").isTrue();
        return who.act("/freeze/thaw", Map.of("database", "", "since", since.group(1)));
    }

    private static void assertRefused(Connection client) {
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> Sql.run(client, "INSERT INTO web_frost VALUES (0)"));
        assertThat(refused.getSQLState()).isEqualTo("PW005");
        assertThat(refused.getMessage()).contains("all databases, by cy: the <b>accident</b>");
    }
}
