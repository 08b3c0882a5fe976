package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.console.LoginThrottle;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In and out, and what a cookie is worth. */
class LoginPagesTest {
    @AutoClose
    private final WebFixture web = new WebFixture();

    @AutoClose
    private final WebClient client = web.browser();

    @Test
    void theCookieIsForThisSiteAlone() throws Exception {
        HttpResponse<String> plain = client.post("/login", Map.of("login", "hf_bo"));
        assertThat(plain.headers().allValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .matches("holdfast=[A-Za-z0-9_-]{43};.*")
                        .contains("Path=/", "HttpOnly", "SameSite=Strict")
                        .doesNotContain("Secure", "Domain", "Max-Age", "Expires"));

        HttpResponse<String> tls = client.send(client.form("/login", Map.of("login", "hf_bo"))
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Forwarded-Proto", "https"));
        assertThat(tls.headers().allValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("__Host-holdfast=")
                        .contains("Path=/", "HttpOnly", "SameSite=Strict", "Secure"));
        assertThat(client.get("/", "X-Forwarded-Proto", "https").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodysTokenIsRefused() throws Exception {
        for (String token : List.of("", "hf_", "hf_nobody", "bo", "x".repeat(5_000))) {
            HttpResponse<String> answer = client.post("/login", Map.of("login", token));
            assertThat(answer.statusCode()).as(token).isEqualTo(401);
            assertThat(answer.body()).contains("This is nobody's token.").doesNotContain("x".repeat(300));
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(client.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void guessingIsSlow() throws Exception {
        for (int i = 0; i < LoginThrottle.ATTEMPTS; i++) {
            assertThat(client.post("/login", Map.of("login", "hf_" + i)).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> more = client.post("/login", Map.of("login", "hf_bo"));
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(more.headers().firstValue("Retry-After")).contains("7");
        assertThat(more.body()).contains("Try again in 7 seconds.");

        web.holds.time.pass(LoginThrottle.EACH);
        client.logIn("bo");
    }

    @Test
    void whoComesInAndWhoTriesToIsTold() throws Exception {
        client.logIn("bo");
        for (int i = 0; i < LoginThrottle.ATTEMPTS; i++) {
            client.post("/login", Map.of("login", "hf_" + i));
        }
        client.post("/login", Map.of("login", "hf_bo"));
        client.get("/api/holds", "Authorization", "Bearer hf_ann");
        client.get("/api/holds", "Authorization", "Bearer hf_nobody");

        assertThat(web.logins)
                .containsOnly(
                        "SUCCEEDED WEB bo 127.0.0.1",
                        "FAILED WEB ? 127.0.0.1",
                        "THROTTLED WEB ? 127.0.0.1",
                        "SUCCEEDED HTTP ann 127.0.0.1",
                        "FAILED HTTP ? 127.0.0.1");
    }

    @Test
    void whoLogsInOftenIsNoGuesser() throws Exception {
        for (int i = 0; i < 3 * LoginThrottle.ATTEMPTS; i++) {
            client.logIn("bo");
        }
    }

    /** Whoever plants a cookie in somebody's browser knows nothing of the login that comes after. */
    @Test
    void anIdThatSomebodyChoseIsNoLogin() throws Exception {
        client.cookie("holdfast=chosen");
        client.logIn("bo");
        String own = client.cookie();
        assertThat(own).isNotEqualTo("holdfast=chosen");

        client.cookie("holdfast=chosen");
        assertThat(client.get("/").statusCode()).isEqualTo(303);
        client.cookie(own);
        assertThat(client.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aNewLoginEndsTheOldOne() throws Exception {
        client.logIn("bo");
        String before = client.cookie();
        client.logIn("ann");
        assertThat(client.cookie()).isNotEqualTo(before);
        client.cookie(before);
        assertThat(client.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void afterALogoutTheCookieIsWorthNothing() throws Exception {
        client.logIn("bo");
        String id = client.cookie();
        HttpResponse<String> answer = client.act("/logout", Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).startsWith("holdfast=;").contains("Expires=Thu, 01 Jan 1970"));
        client.cookie(id);
        assertThat(client.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aLoginThatHasEndedSaysSoAndDecidesNothing() throws Exception {
        HoldId id = web.holds
                .service
                .openDetached(
                        Holds.request("DROP TABLE t"), new HoldTerms.People(2, Duration.ofDays(1), Duration.ofDays(1)))
                .orElseThrow()
                .id();
        client.logIn("bo");
        String token = client.formToken();
        web.holds.time.pass(Logins.IDLE);

        HttpResponse<String> late = client.post("/holds/" + id + "/approve", Map.of("token", token, "read", "yes"));
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("Your login has ended", "Nothing was done");
        assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(client.get("/").headers().firstValue("Location")).contains("/login?next=%2F");
        HttpResponse<String> asked = client.get("/login?next=%2F");
        assertThat(asked.body()).contains("Your login has ended. Log in again.");
        assertThat(client.get("/login").body()).doesNotContain("has ended");
    }

    @Test
    void aPageThatFetchesItselfKeepsNobodyLoggedIn() throws Exception {
        client.logIn("bo");
        Duration most = Logins.IDLE.minusMinutes(1);
        web.holds.time.pass(most);
        assertThat(client.get("/", "X-Holdfast-Live", "1").statusCode()).isEqualTo(200);
        web.holds.time.pass(Duration.ofMinutes(2));
        assertThat(client.get("/", "X-Holdfast-Live", "1").statusCode()).isEqualTo(401);
        assertThat(client.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aLoginFromAnotherSiteIsNone() throws Exception {
        HttpResponse<String> answer =
                client.send(client.form("/login", Map.of("login", "hf_bo")).header("Origin", "http://evil.example"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/holds/H-7K2M, /holds/H-7K2M",
        "/history?page=2, /history?page=2",
        "/sessions, /sessions",
        "/, /",
        "//evil.example, /",
        "https://evil.example/, /",
        "/\\evil.example, /",
        "/holds/../api, /",
        "/api/holds, /",
        "javascript:alert(1), /",
    })
    void theWayGoesOnToOurOwnPagesOnly(String asked, String gone) throws Exception {
        HttpResponse<String> answer = client.post("/login", Map.of("login", "hf_bo", "next", asked));
        assertThat(answer.headers().firstValue("Location")).contains(gone);
        assertThat(client.get("/login?next=" + URLEncoder.encode(asked, StandardCharsets.UTF_8))
                        .headers()
                        .firstValue("Location"))
                .contains(gone);
    }
}
