package io.holdfast.proxy.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.Chromium;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People with a real browser in front of a real proxy. Skipped where no Chromium is installed; {@code .ci/run} installs it. */
@Timeout(180)
class ChromiumTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().admin().start();

    @AutoClose
    private static final Chromium chromium = Chromium.start();

    private final String url = "http://127.0.0.1:" + proxy.adminPort();
    /** What the browsers complained of, such as what the content policy has stopped. */
    private final List<String> complaints = new ArrayList<>();

    private Page open(NewContextOptions options) {
        Page page = chromium.open(url, options);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 401")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    private Page open() {
        return open(new NewContextOptions());
    }

    @AfterEach
    void nothingWasStopped() {
        assertThat(complaints).isEmpty();
    }

    @Test
    void aHoldArrivesLiveAndTwoPersonsLetItGo() throws Exception {
        proxy.servers().execute("CREATE TABLE live_orders AS SELECT 1 AS n");
        Page cy = open();
        Page di = open();
        Story.logIn(cy, "cy");
        Story.logIn(di, "di");
        assertThat(cy.locator("[data-pulse]")).hasText("Live");
        cy.evaluate("window.neverReloaded = true");

        Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE live_orders");
        var card = cy.locator(".card", new Page.LocatorOptions().setHasText("TRUNCATE live_orders"));
        assertThat(card).containsText("waiting");
        assertThat(cy).hasTitle("(1) Holds | Holdfast");
        assertThat(cy.locator("[data-say]")).hasText("1 statement waits");
        String id = String.valueOf(card.locator(".id").textContent());
        assertThat(cy.evaluate("window.neverReloaded")).isEqualTo(true);

        di.navigate("/holds/" + id);
        di.getByLabel("Reason").fill("half a sen");
        card.click();
        cy.waitForURL("**/holds/" + id);
        cy.getByLabel("Reason").fill("archived");
        cy.locator("button.approve").click(); // the browser itself asks for the box
        assertThat(cy.getByLabel("I have read it")).isFocused();
        cy.getByLabel("I have read it").check();
        cy.locator("button.approve").click();
        assertThat(cy.locator(".votes")).containsText("1 of 2 approvals");
        assertThat(cy.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")))
                .hasCount(0);

        assertThat(di.locator(".votes")).containsText("archived");
        assertThat(di.getByLabel("Reason")).hasValue("half a sen");
        di.getByLabel("Reason").fill("half a sentence, and the other half");
        di.getByLabel("I have read it").check();
        di.locator("button.approve").click();
        assertThat(truncate.result()).isZero();

        assertThat(cy.locator(".head")).containsText("executed");
        assertThat(cy.locator(".decide")).hasCount(0);
        assertThat(cy.locator(".votes")).containsText("half a sentence, and the other half");
        assertThat(proxy.servers().count("live_orders")).isZero();
    }

    @Test
    void aDenialWithItsReasonReachesTheClientAndTheHistory() throws Exception {
        proxy.servers().execute("CREATE TABLE live_customers AS SELECT 1 AS n");
        Page di = open();
        Story.logIn(di, "di");
        Background<Integer> delete = Story.ask(proxy, "ana", "psql", "DELETE FROM live_customers");
        di.locator(".card", new Page.LocatorOptions().setHasText("DELETE FROM live_customers"))
                .click();
        di.getByLabel("Reason").fill("there is no <WHERE>");
        di.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Deny"))
                .click();
        assertThat(di.locator(".head")).containsText("denied");
        assertThat(catchThrowable(delete::result))
                .hasMessageContaining("denied by di")
                .hasMessageContaining("there is no <WHERE>");

        di.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("History"))
                .click();
        assertThat(di.locator(".card", new Page.LocatorOptions().setHasText("DELETE FROM live_customers"))
                        .first())
                .containsText("by di: there is no <WHERE>");
    }

    @Test
    void severalAreChosenReadWholeAndDecidedAndOneIsReleasedAlone() throws Exception {
        proxy.servers()
                .execute(
                        "CREATE TABLE many_a AS SELECT 1 AS n",
                        "CREATE TABLE many_b AS SELECT 1 AS n",
                        "CREATE TABLE many_c AS SELECT 1 AS n");
        try (ConsoleClient di = proxy.console("di")) {
            Page cy = open();
            Story.logIn(cy, "cy");
            Background<Integer> a = Story.ask(proxy, "ana", "psql", "TRUNCATE many_a");
            Background<Integer> b = Story.ask(proxy, "ana", "psql", "TRUNCATE many_b");
            String first = di.awaitWaiting("many_a");
            String second = di.awaitWaiting("many_b");
            cy.locator("#pick-" + first).check();
            Background<Integer> c = Story.ask(proxy, "ana", "psql", "TRUNCATE many_c");
            String third = di.awaitWaiting("many_c");
            assertThat(cy.locator("#pick-" + third)).isVisible();
            assertThat(cy.locator("#pick-" + first)).isChecked(); // what was chosen stays while the list moves
            cy.locator("#pick-" + second).check();
            cy.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read the chosen ones"))
                    .click();

            assertThat(cy.locator("article")).hasCount(2);
            assertThat(cy.locator("#" + first + " .sql")).containsText("TRUNCATE many_a");
            cy.getByLabel("I have read " + first).check();
            cy.getByLabel("I have read " + second).check();
            cy.getByLabel("Reason").fill("both are archived");
            cy.locator("button.approve").click();
            assertThat(cy.locator(".answers li.yes")).hasCount(2);
            di.approve(first);
            di.approve(second);
            assertThat(a.result()).isZero();
            assertThat(b.result()).isZero();

            Page eve = open();
            Story.logIn(eve, "eve");
            eve.navigate("/holds/" + third);
            eve.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Break the glass"))
                    .click();
            eve.getByLabel("Why nobody else can be asked").fill("nobody answers the phone");
            eve.getByLabel("Type " + third).fill(third);
            eve.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Release it alone"))
                    .click();
            assertThat(c.result()).isZero();
            assertThat(eve.locator(".alone")).containsText("released by eve alone");
            assertThat(eve.locator(".votes")).containsText("nobody answers the phone");
        }
    }

    @Test
    void aPageThatRefusedADecisionFollowsWhatHappensAndKeepsTheReason() throws Exception {
        proxy.servers().execute("CREATE TABLE live_refused AS SELECT 1 AS n");
        try (ConsoleClient console = proxy.console("di")) {
            Background<Integer> truncate = Story.ask(proxy, "ana", "psql", "TRUNCATE live_refused");
            String id = console.awaitWaiting("live_refused");
            Page cy = chromium.open(url, new NewContextOptions());
            Story.logIn(cy, "cy");
            cy.navigate("/holds/" + id);
            cy.getByLabel("Reason").fill("archived");
            cy.evaluate("document.querySelector('[name=read]').required = false");
            cy.locator("button.approve").click();
            assertThat(cy.locator(".problem")).containsText("Nothing was counted");
            assertThat(cy.locator("[data-pulse]")).hasText("Live");

            console.rows("APPROVE " + id + " 'seen the archive'");
            assertThat(cy.locator(".votes")).containsText("seen the archive");
            assertThat(cy.locator(".problem")).containsText("Nothing was counted");
            assertThat(cy.getByLabel("Reason")).hasValue("archived");
            cy.getByLabel("I have read it").check();
            cy.locator("button.approve").click();
            assertThat(truncate.result()).isZero();
            assertThat(cy.locator(".head")).containsText("executed");
        }
    }

    @Test
    void withoutJavaScriptEverythingReadsAndWorks() throws Exception {
        proxy.servers().execute("CREATE TABLE live_plain AS SELECT 1 AS n");
        Page cy = open(new NewContextOptions().setJavaScriptEnabled(false));
        cy.navigate("/");
        Story.enterToken(cy, "cy");
        assertThat(cy.locator("h1")).hasText("Waiting for a decision");
        assertThat(note(cy)).contains("reloads every 15 seconds");
        try (ConsoleClient console = proxy.console("cy")) {
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP TABLE live_plain");
            String id = console.awaitWaiting("live_plain");
            cy.locator(".card", new Page.LocatorOptions().setHasText("live_plain"))
                    .click(); // when the page has loaded itself again
            assertThat(cy.locator(".sql")).containsText("DROP TABLE live_plain");
            assertThat(cy.locator(".more")).containsText("127.0.0.1");
            assertThat(note(cy)).contains("does not follow what happens");
            Story.approve(cy, id, "not needed");
            Page di = open(new NewContextOptions().setJavaScriptEnabled(false));
            di.navigate("/holds/" + id);
            Story.enterToken(di, "di");
            di.waitForURL("**/holds/" + id);
            Story.approve(di, id, "neither by me");
            assertThat(drop.result()).isZero();
        }
    }

    private static String note(Page page) {
        var note = page.locator("footer noscript p");
        assertThat(note).isVisible();
        return String.valueOf(note.textContent());
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() throws Exception {
        Page cy = open(new NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true));
        Story.logIn(cy, "cy");
        try (ConsoleClient console = proxy.console("cy")) {
            String name = "wide_" + "x".repeat(58);
            proxy.servers().execute("CREATE TABLE " + name + " AS SELECT 1 AS n");
            Background<Integer> delete = Story.ask(
                    proxy,
                    "ana",
                    "an application with a name that is long",
                    "DELETE FROM " + name + " -- " + "y".repeat(900));
            String id = console.awaitWaiting("wide_");
            for (String path : List.of("/", "/holds/" + id, "/history", "/sessions", "/nothing")) {
                cy.navigate(path);
                assertThat((int) cy.evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(360);
            }
            complaints.removeIf(complaint -> complaint.contains("status of 404"));
            Story.deny(cy, id, "no");
            assertThat(catchThrowable(delete::result)).isNotNull();
        }
    }

    @Test
    void aStatementThatAttacksTheReaderIsOnlyText() throws Exception {
        proxy.servers().execute("CREATE TABLE live_attack AS SELECT 1 AS n");
        Page cy = open();
        Story.logIn(cy, "cy");
        String attack = "'\"></code></li></ol><script>alert(1)</script><img src=x onerror=alert(2)>";
        Background<Integer> drop = Story.ask(proxy, "ana", attack, "DROP TABLE live_attack /* " + attack + " */");
        cy.locator(".card", new Page.LocatorOptions().setHasText("live_attack")).click();
        assertThat(cy.locator(".sql")).containsText(attack);
        assertThat(cy.locator("main img")).hasCount(0);
        String id = String.valueOf(cy.locator("h1 .id").textContent());
        Story.deny(cy, id, attack);
        assertThat(cy.locator(".votes")).containsText(attack);
        assertThat(catchThrowable(drop::result)).isNotNull();
    }

    @Test
    void aLogoutElsewhereEndsThisPageToo() throws Exception {
        proxy.servers().execute("CREATE TABLE live_logout AS SELECT 1 AS n");
        Page cy = open();
        Story.logIn(cy, "cy");
        assertThat(cy.locator("[data-pulse]")).hasText("Live");
        Page other = cy.context().newPage();
        other.navigate("/history");
        other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        other.waitForURL("**/login");
        try (ConsoleClient console = proxy.console("cy")) {
            Background<Integer> drop = Story.ask(proxy, "ana", "psql", "DROP TABLE live_logout");
            String id = console.awaitWaiting("live_logout");
            assertThat(cy.locator("h1")).hasText("Log in");
            assertThat(cy.locator("body")).not().containsText("live_logout");
            console.deny(id, "nobody looks");
            assertThat(catchThrowable(drop::result)).isNotNull();
        }
    }

    /** Over HTTP and not on loopback a browser does not send {@code Sec-Fetch-Site}; its {@code Origin} must do. */
    @Test
    void formsWorkAtAnAddressThatTheBrowserDoesNotTrust() {
        Page cy = chromium.open("http://" + Chromium.PLAIN_HOST + ':' + proxy.adminPort());
        Story.logIn(cy, "cy");
        assertThat(cy.locator("[data-pulse]")).hasText("Live");
        cy.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        assertThat(cy.locator("h1")).hasText("Log in");
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        Page cy = open();
        cy.navigate("/");
        assertThat(cy.getByLabel("Token")).isFocused();
        cy.keyboard().type("hf_cy");
        cy.keyboard().press("Enter");
        assertThat(cy.locator("h1")).hasText("Waiting for a decision");
        cy.keyboard().press("Tab");
        assertThat(cy.locator(".skip")).isFocused();
        cy.keyboard().press("Enter");
        assertThat(cy).hasURL(url + "/#content");
    }
}
