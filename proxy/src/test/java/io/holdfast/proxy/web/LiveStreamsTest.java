package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.approval.Holds;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamsTest {
    private static final String CHANGE = "event: change";

    @Test
    void aPageHearsOfEveryChangeAndOfNothingElse() throws Exception {
        try (WebFixture web = new WebFixture();
                WebClient bo = web.browser("bo")) {
            HttpResponse<InputStream> stream = bo.follow();
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            try (BufferedReader lines = WebClient.lines(stream)) {
                assertThat(lines.readLine()).isEqualTo("retry: 2000");
                assertThat(lines.readLine()).isEmpty();
                var id = web.holds.open(Holds.TWO);
                assertThat(lines.readLine()).isEqualTo(CHANGE);
                assertThat(lines.readLine()).isEqualTo("data: -");
                web.holds.approve(id, Holds.ANN);
                assertThat(WebClient.awaitLine(lines, CHANGE)).isTrue();
            }
        }
    }

    @Test
    void whoIsNotLoggedInHearsNothing() throws Exception {
        try (WebFixture web = new WebFixture();
                WebClient nobody = web.browser()) {
            assertThat(nobody.get("/events").statusCode()).isEqualTo(401);
            assertThat(web.live.count()).isZero();
        }
    }

    @Test
    void aLogoutEndsTheStream() throws Exception {
        try (WebFixture web = new WebFixture();
                WebClient bo = web.browser("bo");
                BufferedReader lines = WebClient.lines(bo.follow())) {
            bo.act("/logout", Map.of());
            web.holds.open(Holds.TWO);
            assertThat(WebClient.awaitLine(lines, "event: end")).isTrue();
            assertThat(WebClient.awaitLine(lines, "nothing more")).isFalse();
            awaitCount(web, 0);
        }
    }

    /** There are eight threads for all of HTTP. */
    @Test
    void openPagesKeepNoThread() throws Exception {
        try (WebFixture web = new WebFixture();
                WebClient bo = web.browser("bo")) {
            List<BufferedReader> streams = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                streams.add(WebClient.lines(bo.follow()));
            }
            assertThat(bo.get("/").statusCode()).isEqualTo(200);
            web.holds.open(Holds.TWO);
            for (BufferedReader stream : streams) {
                assertThat(WebClient.awaitLine(stream, CHANGE)).isTrue();
            }
        }
    }

    @Test
    void thereIsALimitAndWhoGoesMakesRoom() throws Exception {
        try (WebFixture web = new WebFixture(new LiveStreams(1));
                WebClient bo = web.browser("bo");
                WebClient ann = web.browser("ann")) {
            HttpResponse<InputStream> first = bo.follow();
            assertThat(ann.get("/events").statusCode()).isEqualTo(503);
            first.body().close();
            bo.close();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                web.holds.deny(
                        web.holds.open(Holds.TWO), Holds.BO); // who has gone is noticed when there is something to say
                return web.live.count() == 0;
            });
            assertThat(ann.follow().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theEndOfTheProxyEndsThem() throws Exception {
        WebFixture web = new WebFixture();
        try (WebClient bo = web.browser("bo");
                BufferedReader lines = WebClient.lines(bo.follow())) {
            web.close();
            assertThat(WebClient.awaitLine(lines, "event: end")).isTrue();
            awaitCount(web, 0);
        }
    }

    private static void awaitCount(WebFixture web, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> web.live.count() == count);
    }
}
