package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.Chromium;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the pictures of the documentation, of the demo's story: {@code -Dholdfast.screenshots=DIR}, relative to the module. See
 * CONTRIBUTING.md.
 */
@EnabledIfSystemProperty(named = "holdfast.screenshots", matches = ".+")
@Timeout(180)
class ScreenshotsTest {
    private static final int MOST_BYTES = 170_000;

    /** As the demo's, but that nobody waits long for an alarm. */
    private static final Holds HOLDS = new Holds(
            2,
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMinutes(15),
            Duration.ofSeconds(1));

    @AutoClose
    private static final TestServers servers = TestServers.start();

    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().servers(servers).holds(HOLDS).admin().start();

    @AutoClose
    private static final Chromium chromium = Chromium.start();

    private final Path folder = Path.of(System.getProperty("holdfast.screenshots", "target"));

    @BeforeAll
    static void letHoldfastCount() throws Exception {
        servers.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast");
    }

    @Test
    void thePicturesOfTheStory() throws Exception {
        Files.createDirectories(folder);
        String url = "http://127.0.0.1:" + proxy.adminPort();
        Page cy = chromium.open(url);
        Story.logIn(cy, "cy");
        Page di = chromium.open(url);
        Story.logIn(di, "di");
        try (ConsoleClient console = proxy.console("cy");
                Connection report = proxy.servers().direct("bo")) {
            Background<Integer> all = Story.ask(proxy, "bo", "DataGrip 2026.2", "DELETE FROM customers");
            Story.deny(cy, console.awaitWaiting("customers"), "there is no WHERE");
            assertThat(catchThrowable(all::result)).hasMessageContaining("denied by cy");
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP INDEX orders_customer_id");
            String index = console.awaitWaiting("orders_customer_id");
            Story.approve(cy, index, "the new one is there");
            Story.approve(di, index, "seen it in the plan");
            drop.result();

            Sql.run(report, "SET application_name = 'nightly report'");
            report.setAutoCommit(false);
            Sql.run(report, "SELECT count(*) FROM events");
            Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE events");
            String locked = console.awaitWaiting("TRUNCATE");
            Background<Integer> bound = archive();
            String hold = console.awaitWaiting("UPDATE orders SET status");
            Background<Integer> update = Story.ask(proxy, "bo", "shop-admin", """
                    UPDATE orders AS o
                       SET status = 'returned'
                      FROM customers c
                     WHERE true;
                    DELETE FROM events""");
            String longer = console.awaitWaiting("returned");
            Story.approve(cy, hold, "the shop moves to the new system");
            Story.approve(cy, locked, "the events are in the archive");
            Story.approve(di, locked, "seen the archive");
            di.locator(".head .locks").waitFor();

            Browser.NewContextOptions desktop = new Browser.NewContextOptions().setViewportSize(1200, 800);
            list(url, "desktop", desktop, hold, longer);
            hold(url, "hold-desktop", new Browser.NewContextOptions().setViewportSize(1200, 1000), hold);
            hold(url, "lock-desktop", new Browser.NewContextOptions().setViewportSize(1200, 1000), locked);
            Browser.NewContextOptions dark =
                    new Browser.NewContextOptions().setViewportSize(1200, 800).setColorScheme(ColorScheme.DARK);
            list(url, "dark", dark);
            hold(url, "hold-dark", dark, longer);
            Browser.NewContextOptions phone = new Browser.NewContextOptions()
                    .setViewportSize(390, 844)
                    .setIsMobile(true)
                    .setHasTouch(true);
            list(url, "phone", phone);
            hold(url, "hold-phone", phone, hold);
            hold(url, "lock-phone", phone, locked);
            report.rollback();
            truncate.result();
            console.deny(hold, "pictures are taken");
            console.deny(longer, "pictures are taken");
            assertThat(catchThrowable(bound::result)).isNotNull();
            assertThat(catchThrowable(update::result)).isNotNull();
        }
    }

    /** With a value, as an application sends it. */
    private static Background<Integer> archive() {
        return Background.run(() -> {
            try (Connection ana = proxy.connect("ana", Map.of("ApplicationName", "shop-migrate"));
                    PreparedStatement update = ana.prepareStatement("UPDATE orders SET status = ?")) {
                update.setString(1, "archived");
                return update.executeUpdate();
            }
        });
    }

    @Test
    void thePictureOfAFreeze() throws Exception {
        Files.createDirectories(folder);
        try (ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            cy.rows("FREEZE 'orders is empty; find out who before anything else is lost'");
            cy.rows("THAW");
            Page page = chromium.open(
                    "http://127.0.0.1:" + proxy.adminPort(),
                    new Browser.NewContextOptions().setViewportSize(1200, 640));
            Story.logIn(page, "di");
            page.navigate("/freeze");
            page.locator("[data-pulse]:not([hidden])").waitFor();
            save(page, "freeze-desktop");
            di.rows("THAW");
        }
    }

    /** With some of it chosen. */
    private void list(String url, String name, Browser.NewContextOptions options, String... chosen) throws Exception {
        Page page = chromium.open(url, options);
        Story.logIn(page, "eve");
        page.locator("[data-pulse]:not([hidden])").waitFor();
        for (String id : chosen) {
            page.locator("#pick-" + id).check();
        }
        save(page, "list-" + name);
    }

    /** As somebody sees it who may break the glass. */
    private void hold(String url, String name, Browser.NewContextOptions options, String hold) throws Exception {
        Page page = chromium.open(url, options);
        Story.logIn(page, "eve");
        page.navigate("/holds/" + hold);
        page.locator("[data-pulse]:not([hidden])").waitFor();
        page.locator(".more:not([data-again])").waitFor();
        save(page, name);
    }

    private void save(Page page, String name) throws Exception {
        Path file = folder.resolve(name + ".png");
        page.mouse().move(0, 0);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
    }
}
