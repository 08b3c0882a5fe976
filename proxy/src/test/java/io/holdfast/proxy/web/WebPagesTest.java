package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.console.HoldSheet;
import io.holdfast.proxy.console.HoldSheet.Part;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages show, and to whom. */
class WebPagesTest {
    private static final String HTML = "text/html";

    @AutoClose
    private final WebFixture web = new WebFixture();

    @AutoClose
    private final WebClient nobody = web.browser();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/history", "/history?page=2", "/sessions", "/freeze", "/freeze/thaw", "/holds/ID"})
    void withoutALoginThereIsOnlyTheLogin(String path) throws Exception {
        String asked = path.replace("ID", web.holds.open(Holds.TWO).text());

        HttpResponse<String> answer = nobody.get(asked);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith("/login?next=%2F")
                .isASCII();
        assertThat(answer.body()).doesNotContain("TRUNCATE");
    }

    @Test
    void theListSaysWhoWantsWhatAndLeadsThere() throws Exception {
        HoldId id = web.holds.open(Holds.TWO);
        HoldId ended = web.holds.open(Holds.TWO);
        web.holds.deny(ended, Holds.BO);
        try (WebClient bo = web.browser("bo")) {
            String list = bo.get("/").body();

            assertThat(list)
                    .contains("(1) Holds", "1 statement waits", "/holds/" + id, "TRUNCATE account", "0 of 2 approvals")
                    .contains("expires in", "30m 0s", "192.0.2.7", "/holds/" + ended, "by bo: wrong database");
            assertThat(list).doesNotContain("/approve").doesNotContain("/deny");
        }
    }

    /** A part of the sheet that is new is on the page without being asked for. */
    @Test
    void thePageOfAHoldHasWhatShowHoldHas() throws Exception {
        HoldId id = web.holds.open(Holds.TWO);
        web.holds.approve(id, Holds.ANN);
        try (WebClient bo = web.browser("bo")) {
            String page = text(bo.get("/holds/" + id).body());

            HoldView hold = web.holds.service.find(id).orElseThrow();
            List<@Nullable String> values = new ArrayList<>();
            for (Part part : List.of(
                    Part.STANDING,
                    Part.REQUESTER,
                    Part.STATEMENTS,
                    Part.IMPACT,
                    Part.ABOUT_TEXT,
                    Part.TEXT,
                    Part.VALUES)) {
                HoldSheet.part(part, hold, WebFixture.KNOWN).forEach(row -> values.add(row.get(1)));
            }
            assertThat(values)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(value -> assertThat(page).contains(String.valueOf(value)));
            assertThat(page).contains("ann approved", "console", "1 of 2 approvals");
        }
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @Test
    void whatCannotBeShownIsMarkedAndSecretsAreNot() throws Exception {
        HoldId hidden = open("DROP TABLE \"a\u202eb\"");
        HoldId secret = open("ALTER ROLE dev PASSWORD 's3cret'");
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/holds/" + hidden).body())
                    .contains("<mark>&lt;U+202E&gt;</mark>", "1 characters are not printable ASCII")
                    .isASCII();
            assertThat(bo.get("/holds/" + secret).body())
                    .contains("ALTER ROLE dev PASSWORD", "secrets are not shown")
                    .doesNotContain("s3cret");
            assertThat(bo.get("/").body()).doesNotContain("s3cret");
            assertThat(bo.get("/sessions").body())
                    .contains("S-1", "&lt;b&gt;psql&lt;U+001B&gt;", "192.0.2.7")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void textIsTextWhateverItSays() throws Exception {
        String attack = "'\"><script>alert(1)</script><img src=x onerror=alert(2)>";
        HoldId id = web.holds
                .service
                .openDetached(Holds.request("dev" + attack, attack, "SELECT '" + attack + "'"), Holds.TWO)
                .orElseThrow()
                .id();
        try (WebClient bo = web.browser("bo")) {
            bo.approve(id, attack);
            HttpResponse<String> refused = bo.approve(id, "again " + attack);
            bo.deny(id, attack);
            for (String html : List.of(
                    refused.body(),
                    bo.get("/").body(),
                    bo.get("/history").body(),
                    bo.get("/holds/" + id).body(),
                    bo.get("/login?next=" + "%22%3E%3Cscript%3E").body(),
                    bo.get("/holds/%22%3E%3Cscript%3E").body(),
                    bo.get("/%22%3E%3Cscript%3E", "Accept", HTML).body())) {
                assertThat(html).doesNotContain("<script>", "<img src=x");
            }
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(text(bo.get("/holds/" + id).body())).contains(attack);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/holds/ID",
                "/holds/H-2222",
                "/history",
                "/sessions",
                "/freeze",
                "/nothing",
                "/assets/holdfast.css"
            })
    void browsersAreToldWhatNotToDo(String path) throws Exception {
        HoldId id = web.holds.open(Holds.TWO);
        try (WebClient bo = web.browser("bo")) {
            for (WebClient client : List.of(bo, nobody)) {
                var headers = client.get(path.replace("ID", id.text()), "Accept", HTML)
                        .headers();
                assertThat(headers.firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy)
                                .startsWith("default-src 'none'; script-src 'self';")
                                .contains("form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
                                .doesNotContain("unsafe"));
                assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
                assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
                assertThat(headers.allValues("Cache-Control"))
                        .containsExactly(
                                path.startsWith("/assets") ? "public, max-age=31536000, immutable" : "no-store");
            }
        }
    }

    /** The policy would stop these, and the page would be without them. */
    @Test
    void pagesLoadWhatTheyNeedAndNothingIsWithin() throws Exception {
        HoldId id = web.holds.open(Holds.TWO);
        try (WebClient bo = web.browser("bo")) {
            for (String path : List.of("/", "/holds/" + id, "/history", "/sessions", "/freeze")) {
                String html = bo.get(path).body();
                assertThat(html).doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|<script(?! src=)|javascript:");
                Matcher links =
                        Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(html);
                List<String> loaded = links.results().map(link -> link.group(1)).toList();
                assertThat(loaded).hasSizeGreaterThanOrEqualTo(3);
                for (String asset : loaded) {
                    assertThat(bo.get(asset).statusCode()).as(asset).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void theHistoryHasPages() throws Exception {
        for (int i = 0; i < 51; i++) {
            web.holds.deny(open("DROP TABLE t" + i), Holds.BO);
        }
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/history").body())
                    .contains("DROP TABLE t50</code>", "DROP TABLE t1</code>", "1 of 2", "/history?page=2")
                    .doesNotContain("DROP TABLE t0</code>");
            assertThat(bo.get("/history?page=2").body())
                    .contains("DROP TABLE t0</code>", "2 of 2")
                    .doesNotContain("DROP TABLE t1</code>");
            for (String page : List.of("0", "3", "-1", "x", "99999999999")) {
                assertThat(bo.get("/history?page=" + page).statusCode())
                        .as(page)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whatIsNotThereSaysSo() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            for (String path : List.of("/holds/H-2222", "/holds/x", "/nothing")) {
                HttpResponse<String> answer = bo.get(path, "Accept", HTML);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith(HTML));
                assertThat(answer.body()).contains("404", "All holds");
            }
        }
    }

    @Test
    void programsGetTheAnswersThatTheyHad() throws Exception {
        assertThat(nobody.get("/metrics", "Accept", HTML).body()).isEqualTo("holdfast_sessions 1.0\n");
        assertThat(nobody.get("/livez").body()).isEqualTo("ok\n");
        assertThat(nobody.get("/readyz").body()).isEqualTo("ok\n");
        assertThat(nobody.get("/nothing").body()).doesNotContain("<html");
        HttpResponse<String> unknown = nobody.get("/api/holds/H-2222", "Accept", HTML, "Authorization", "Bearer hf_bo");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"hold H-2222 does not exist\"}\n");
    }

    /** The API takes no cookie, so no page can use it in somebody's name. */
    @Test
    void theCookieIsNoTokenForTheApi() throws Exception {
        HoldId id = web.holds.open(Holds.TWO);
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.get("/api/holds").statusCode()).isEqualTo(401);
            assertThat(bo.act("/api/holds/" + id + "/deny", Map.of()).statusCode())
                    .isEqualTo(401);
        }
        assertThat(web.holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    private HoldId open(String text) {
        return web.holds
                .service
                .openDetached(Holds.request(text), Holds.TWO)
                .orElseThrow()
                .id();
    }
}
