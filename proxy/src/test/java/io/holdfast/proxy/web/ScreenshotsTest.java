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
import io.holdfast.proxy.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
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
    private static final int MOST_BYTES = 150_000;

    /** As the demo's. */
    private static final Holds HOLDS = new Holds(
            2,
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMinutes(15));

    @AutoClose
    private static final TestServers servers = TestServers.start();

    @AutoClose
    private static final ProxyFixture proxy =
            ProxyFixture.builder().servers(servers).holds(HOLDS).admin().start();

    @AutoClose
    private static final Chromium chromium = Chromium.start();

    private final Path folder = Path.of(System.getProperty("holdfast.screenshots", "target"));

    @Test
    void thePicturesOfTheStory() throws Exception {
        Files.createDirectories(folder);
        String url = "http://127.0.0.1:" + proxy.adminPort();
        Page cy = chromium.open(url);
        Story.logIn(cy, "cy");
        try (ConsoleClient console = proxy.console("cy")) {
            Background<Integer> all = Story.ask(proxy, "bo", "DataGrip 2026.2", "DELETE FROM customers");
            Story.deny(cy, console.awaitWaiting("customers"), "there is no WHERE");
            assertThat(catchThrowable(all::result)).hasMessageContaining("denied by cy");
            Page di = chromium.open(url);
            Story.logIn(di, "di");
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP INDEX orders_customer_id");
            String index = console.awaitWaiting("orders_customer_id");
            Story.approve(cy, index, "the new one is there");
            Story.approve(di, index, "seen it in the plan");
            drop.result();
            Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE orders CASCADE");
            String hold = console.awaitWaiting("TRUNCATE");
            Background<Integer> update = Story.ask(proxy, "bo", "shop-admin", """
                    UPDATE orders AS o
                       SET status = 'returned'
                      FROM customers c
                     WHERE true;
                    DELETE FROM events""");
            String longer = console.awaitWaiting("returned");
            Story.approve(cy, hold, "the old orders are archived");

            shoot(url, "desktop", new Browser.NewContextOptions().setViewportSize(1200, 800), hold);
            shoot(
                    url,
                    "dark",
                    new Browser.NewContextOptions().setViewportSize(1200, 800).setColorScheme(ColorScheme.DARK),
                    longer);
            shoot(
                    url,
                    "phone",
                    new Browser.NewContextOptions()
                            .setViewportSize(390, 844)
                            .setIsMobile(true)
                            .setHasTouch(true),
                    hold);
            console.deny(hold, "pictures are taken");
            console.deny(longer, "pictures are taken");
            assertThat(catchThrowable(truncate::result)).isNotNull();
            assertThat(catchThrowable(update::result)).isNotNull();
        }
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

    private void shoot(String url, String name, Browser.NewContextOptions options, String hold) throws Exception {
        Page page = chromium.open(url, options);
        Story.logIn(page, "di");
        page.locator("[data-pulse]:not([hidden])").waitFor();
        save(page, "list-" + name);
        page.navigate("/holds/" + hold);
        page.locator("[data-pulse]:not([hidden])").waitFor();
        page.locator(".more:not([data-again])").waitFor();
        save(page, "hold-" + name);
    }

    private void save(Page page, String name) throws Exception {
        Path file = folder.resolve(name + ".png");
        page.mouse().move(0, 0);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
    }
}
