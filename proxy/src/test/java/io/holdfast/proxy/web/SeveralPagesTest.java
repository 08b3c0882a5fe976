package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Vote;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several holds, read whole on one page, and decided with one reason (BYPASS A-08). */
class SeveralPagesTest {
    private static final Pattern BOX = Pattern.compile("name=\"hold\" value=\"([^\"]+)\"");

    @AutoClose
    private final WebFixture web = new WebFixture();

    private final HoldId first = open("TRUNCATE account -- " + "x".repeat(500) + " the end of the first");
    private final HoldId second = open("DROP TABLE orders -- the end of the second");

    private HoldId open(String text) {
        return web.holds
                .service
                .openDetached(Holds.request(text), Holds.TWO)
                .orElseThrow()
                .id();
    }

    @Test
    void theListOffersBoxesToThoseWhoMayDecideTwoOrMore() throws Exception {
        HoldId own = web.holds
                .service
                .openDetached(Holds.request("bo", "bo", "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();
        try (WebClient bo = web.browser("bo");
                WebClient dev = web.browser("dev")) {
            assertThat(bo.get("/").body())
                    .contains("name=\"id\" value=\"" + first, "name=\"id\" value=\"" + second)
                    .doesNotContain("name=\"id\" value=\"" + own);
            assertThat(dev.get("/").body()).doesNotContain("name=\"id\"");
            web.holds.deny(first, Holds.ANN);
            assertThat(bo.get("/").body()).doesNotContain("name=\"id\"");
        }
    }

    @Test
    void eachIsShownWholeAndOnlyWhatWasReadCounts() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String page = bo.get("/decide?id=" + first + "&id=" + second).body();
            assertThat(page).contains("the end of the first", "the end of the second", "192.0.2.7");
            List<String> boxes =
                    BOX.matcher(page).results().map(box -> box.group(1)).toList();
            assertThat(boxes).hasSize(2);

            HttpResponse<String> none = send(bo, "approve", "read them", List.of());
            assertThat(none.statusCode()).isEqualTo(400);
            assertThat(none.body())
                    .contains("tick those that you have read", "the end of the second", "value=\"read them\"");

            HttpResponse<String> one = send(bo, "approve", "read it", List.of(boxes.get(1)));
            assertThat(one.statusCode()).isEqualTo(200);
            assertThat(one.body()).contains(second.text(), "approved by you; it is waiting, 1 of 2 approvals");
            assertThat(votes(first)).isEmpty();
            assertThat(votes(second)).extracting(Vote::reason).containsExactly("read it");

            HttpResponse<String> both = send(bo, "approve", "read them", boxes);
            assertThat(both.statusCode()).isEqualTo(200);
            assertThat(both.body())
                    .contains("approved by you; it is waiting, 1 of 2 approvals")
                    .contains("not counted: you have approved it already; another person must");
            assertThat(send(bo, "approve", "", boxes).statusCode()).isEqualTo(409);
            assertThat(send(bo, "deny", "after all", boxes).statusCode()).isEqualTo(200);
        }
        assertThat(web.holds.state(first)).isEqualTo(HoldState.DENIED);
        assertThat(web.holds.state(second)).isEqualTo(HoldState.DENIED);
    }

    @Test
    void anotherHoldOfTheSameNameThanTheOneThatWasReadDoesNotCount() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            HttpResponse<String> answer =
                    send(bo, "approve", "", List.of(first + "@2020-01-01T00:00:00Z", second.text()));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("it is another hold than the one that was shown");
        }
        assertThat(votes(first)).isEmpty();
        assertThat(votes(second)).isEmpty();
    }

    @Test
    void whatIsTooLongToBeReadTogetherIsReadOneByOne() throws Exception {
        HoldId long1 = open("DROP TABLE a /*" + "x".repeat(150_000) + "*/");
        HoldId long2 = open("DROP TABLE b /*" + "x".repeat(150_000) + "*/");
        try (WebClient bo = web.browser("bo")) {
            HttpResponse<String> answer = bo.get("/decide?id=" + long1 + "&id=" + long2);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("look at each by itself");
            assertThat(bo.get("/decide?id=" + long1).statusCode()).isEqualTo(200);
            assertThat(bo.get("/decide").statusCode()).isEqualTo(303);
            assertThat(bo.get("/decide/approve").statusCode()).isEqualTo(303);
            assertThat(bo.get("/decide?id=H-2222").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aFormThatIsNotOursDecidesNothing() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String page = bo.get("/decide?id=" + first).body();
            Matcher box = BOX.matcher(page);
            assertThat(box.find()).isTrue();
            assertThat(bo.post("/decide/approve", java.util.Map.of("hold", box.group(1)))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(votes(first)).isEmpty();
    }

    private List<Vote> votes(HoldId id) {
        return web.holds.service.find(id).orElseThrow().votes();
    }

    private HttpResponse<String> send(WebClient browser, String verb, String reason, List<String> boxes)
            throws Exception {
        StringBuilder body = new StringBuilder("token=" + encoded(browser.formToken()) + "&reason=" + encoded(reason));
        body.append("&id=").append(first).append("&id=").append(second);
        boxes.forEach(box -> body.append("&hold=").append(encoded(box)));
        return browser.send(browser.form("/decide/" + verb, java.util.Map.of())
                .setHeader("Origin", web.url())
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
