package io.holdfast.proxy.web;

import com.microsoft.playwright.Page;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.util.Map;

/** What people do in a browser, step by step. */
final class Story {
    private Story() {}

    /** Logs in with a person's token, from wherever that leads to the login. */
    static void logIn(Page page, String person) {
        page.navigate("/");
        enterToken(page, person);
        page.waitForURL("**/");
    }

    static void enterToken(Page page, String person) {
        page.getByLabel("Token").fill("hf_" + person);
        page.locator("button.primary").click();
    }

    /** Somebody sends a statement that is held; the answer comes when it has been decided. */
    static Background<Integer> ask(ProxyFixture proxy, String user, String application, String sql) {
        return Background.run(() -> {
            try (Connection connection = proxy.connect(user, Map.of("ApplicationName", application))) {
                return Sql.run(connection, sql);
            }
        });
    }

    static void approve(Page page, String hold, String reason) {
        page.navigate("/holds/" + hold);
        page.getByLabel("Reason").fill(reason);
        page.getByLabel("I have read it").check();
        page.locator("button.approve").click();
        page.locator(".votes li.yes").last().waitFor();
    }

    static void deny(Page page, String hold, String reason) {
        page.navigate("/holds/" + hold);
        page.getByLabel("Reason").fill(reason);
        page.locator("button.deny").click();
        page.locator(".votes li.no").waitFor();
    }
}
