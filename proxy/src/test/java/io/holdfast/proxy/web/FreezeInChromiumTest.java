package io.holdfast.proxy.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.holdfast.proxy.testing.Chromium;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A freeze, as people with real browsers see it. Skipped where no Chromium is installed. */
@Timeout(180)
class FreezeInChromiumTest {
    private static final String ATTACK = "'\"></q></aside><script>alert(1)</script><img src=x onerror=alert(2)>";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().admin().start();

    @AutoClose
    private static final Chromium chromium = Chromium.start();

    private final String url = "http://127.0.0.1:" + proxy.adminPort();
    private final List<String> complaints = new ArrayList<>();

    private Page open(NewContextOptions options) {
        Page page = chromium.open(url, options);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    @Test
    void oneFreezesTheOthersSeeItAtOnceAndTwoThaw() throws Exception {
        proxy.servers().execute("CREATE TABLE live_frost (n int)");
        Page cy = open(new NewContextOptions());
        Page di = open(new NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true));
        Story.logIn(cy, "cy");
        Story.logIn(di, "di");
        assertThat(di.locator("[data-pulse]")).hasText("Live");
        assertThat(di.locator(".frozen")).hasCount(0);
        di.evaluate("window.neverReloaded = true");

        cy.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Freeze"))
                .click();
        cy.getByLabel("Reason").fill(ATTACK);
        freezeButton(cy).click(); // the browser itself asks for the box
        assertThat(cy.getByLabel("I mean it")).isFocused();
        assertThat(cy.locator(".frozen")).hasCount(0);
        cy.getByLabel("I mean it").check();
        freezeButton(cy).click();
        assertThat(cy.locator(".frozen")).containsText("Writes are frozen in all databases");

        assertThat(di.locator(".frozen")).containsText(ATTACK);
        assertThat(di.locator(".frozen")).containsText("by cy");
        assertThat(di.locator("[data-say]")).hasText("Writes are frozen in all databases");
        assertThat(di.locator(".frozen img")).hasCount(0);
        assertThat((int) di.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        try (Connection ana = proxy.connect("ana")) {
            SQLException refused =
                    catchThrowableOfType(SQLException.class, () -> Sql.run(ana, "INSERT INTO live_frost VALUES (1)"));
            assertThat(refused.getSQLState()).isEqualTo("PW005");

            cy.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask for the thaw"))
                    .click();
            assertThat(cy.locator(".note")).containsText("another person must");
            assertThat(di.locator(".frozen")).containsText("cy has asked for the thaw");
            assertThat(di.evaluate("window.neverReloaded")).isEqualTo(true);
            di.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Look, or thaw"))
                    .click();
            assertThat((int) di.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(360);
            di.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Thaw all databases"))
                    .click();
            assertThat(di.locator(".calm")).containsText("Nothing");
            assertThat(cy.locator(".frozen")).hasCount(0);
            Sql.run(ana, "INSERT INTO live_frost VALUES (2)");
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatIsBeingTypedStaysWhileAFreezeArrives() throws Exception {
        Page cy = open(new NewContextOptions());
        Story.logIn(cy, "cy");
        cy.navigate("/freeze");
        cy.getByLabel("One database, with").check();
        cy.getByLabel("Name of the one database").fill("stock");
        cy.getByLabel("Reason").fill("half a sen");
        try (ConsoleClient console = proxy.console("cy");
                ConsoleClient other = proxy.console("di")) {
            console.rows("FREEZE DATABASE shelf 'inventory'");
            assertThat(cy.locator(".frozen")).containsText("database shelf");
            assertThat(cy.getByLabel("Name of the one database")).hasValue("stock");
            assertThat(cy.getByLabel("Reason")).hasValue("half a sen");
            console.rows("THAW DATABASE shelf");
            other.rows("THAW DATABASE shelf");
            assertThat(cy.locator(".frozen")).hasCount(0);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void withoutJavaScriptItWorks() throws Exception {
        Page cy = open(new NewContextOptions().setJavaScriptEnabled(false));
        cy.navigate("/freeze");
        Story.enterToken(cy, "cy");
        cy.waitForURL("**/freeze");
        cy.getByLabel("One database, with").check();
        cy.getByLabel("Name of the one database").fill("shelf");
        cy.getByLabel("Reason").fill("inventory");
        cy.getByLabel("I mean it").check();
        freezeButton(cy).click();
        assertThat(cy.locator(".frozen")).containsText("database shelf");
        try (ConsoleClient other = proxy.console("di")) {
            other.rows("THAW DATABASE shelf");
            cy.navigate("/freeze");
            cy.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Thaw database shelf"))
                    .click();
            assertThat(cy.locator(".frozen")).hasCount(0);
        }
    }

    private static Locator freezeButton(Page page) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Freeze").setExact(true));
    }
}
