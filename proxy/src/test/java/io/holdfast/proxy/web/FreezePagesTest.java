package io.holdfast.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.Holds;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Freezing and thawing by forms, and every way in which that changes nothing. */
class FreezePagesTest {
    private static final Map<String, String> ALL =
            Map.of("scope", "all", "database", "", "mode", "refuse", "reason", "the disk is full", "mean", "yes");

    @AutoClose
    private final WebFixture web = new WebFixture();

    @Test
    void oneFreezesAndTwoThaw() throws Exception {
        try (WebClient bo = web.browser("bo");
                WebClient ann = web.browser("ann")) {
            HttpResponse<String> frozen = bo.act("/freeze", ALL);
            assertThat(frozen.statusCode()).isEqualTo(303);
            assertThat(frozen.headers().firstValue("Location")).contains("/freeze");
            assertThat(only())
                    .extracting(Freeze::database, Freeze::mode, Freeze::person, Freeze::reason)
                    .containsExactly(null, FreezeMode.REFUSE, "bo", "the disk is full");
            assertThat(ann.get("/freeze").body())
                    .contains("all databases", "the disk is full", "Ask for the thaw", "it needs 2 persons");

            assertThat(bo.act("/freeze/thaw", seen(only())).statusCode()).isEqualTo(303);
            assertThat(bo.get("/freeze").body())
                    .contains("You have asked for the thaw; another person must, too.")
                    .doesNotContain("/freeze/thaw\"");
            assertThat(ann.get("/freeze").body())
                    .contains("bo has asked for the thaw", "You would be the last", "Thaw all databases");
            assertThat(ann.act("/freeze/thaw", seen(only())).statusCode()).isEqualTo(303);
            assertThat(ann.get("/freeze").body())
                    .contains("Nothing. Writes go on")
                    .doesNotContain("Writes are frozen");
        }
        assertThat(web.holds.freezes.now().freezes()).isEmpty();
        assertThat(web.holds.seen)
                .containsExactly(
                        "FROZEN all databases []",
                        "THAW_ASKED all databases [bo]",
                        "THAW_ASKED all databases [bo, ann]",
                        "THAWED all databases [bo, ann]");
    }

    @Test
    void oneDatabaseInEachModeIsFrozenByItself() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            for (FreezeMode mode : List.of(FreezeMode.WAIT, FreezeMode.REFUSE, FreezeMode.NOW)) {
                Map<String, String> form = with(Map.of("scope", "one", "database", " sh\"op ", "mode", mode.label()));
                assertThat(bo.act("/freeze", form).statusCode()).isEqualTo(303);
                assertThat(only()).extracting(Freeze::database, Freeze::mode).containsExactly("sh\"op", mode);
            }
            assertThat(bo.act("/freeze/thaw", seen(only())).statusCode()).isEqualTo(303);
            assertThat(only().thaws()).containsExactly("bo");
        }
    }

    @Test
    void somethingMilderTakesTwo() throws Exception {
        try (WebClient bo = web.browser("bo");
                WebClient ann = web.browser("ann")) {
            assertThat(bo.act("/freeze", with(Map.of("mode", "now"))).statusCode())
                    .isEqualTo(303);
            assertThat(bo.act("/freeze", with(Map.of("mode", "wait"))).statusCode())
                    .isEqualTo(303);
            assertThat(only().mode()).isEqualTo(FreezeMode.NOW);
            assertThat(ann.get("/freeze").body())
                    .contains("bo has asked for wait instead, which is milder; another person must, too.");
            HttpResponse<String> again = bo.act("/freeze", with(Map.of("mode", "wait")));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body())
                    .contains("Nothing was frozen: you have asked for the milder freeze already; another person must.");

            assertThat(ann.act("/freeze", with(Map.of("mode", "wait"))).statusCode())
                    .isEqualTo(303);
            assertThat(only().mode()).isEqualTo(FreezeMode.WAIT);
            assertThat(ann.get("/freeze").body()).doesNotContain("which is milder");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mean, '', say that you mean it",
        "mean, no, say that you mean it",
        "reason, ' ', a freeze needs a reason",
        "mode, '', say what becomes of writes",
        "mode, REFUSE, say what becomes of writes",
        "scope, '', say whether all databases or one",
        "scope, both, say whether all databases or one",
        "scope, one, say which database",
        "database, shop, 'a database is named, and all are chosen'",
    })
    void aFormThatIsNotWholeFreezesNothing(String field, String value, String problem) throws Exception {
        try (WebClient bo = web.browser("bo")) {
            HttpResponse<String> answer = bo.act("/freeze", with(Map.of(field, value)));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("Nothing was frozen: " + problem)
                    .doesNotContainPattern("mean\"[^>]*checked");
        }
        assertNothing();
    }

    @Test
    void whatWasTypedIsStillThereAfterARefusal() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            String page = bo.act("/freeze", with(Map.of("mean", "", "mode", "now", "scope", "one", "database", "shop")))
                    .body();
            assertThat(page)
                    .contains("value=\"the disk is full\"", "value=\"shop\"")
                    .containsPattern("value=\"now\"[^>]*checked")
                    .containsPattern("value=\"one\"[^>]*checked")
                    .doesNotContainPattern("value=\"refuse\"[^>]*checked");
        }
    }

    @Test
    void namesAndReasonsThatAreTooLongFreezeNothing() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            assertThat(bo.act("/freeze", with(Map.of("reason", "x".repeat(1_001))))
                            .body())
                    .contains("Nothing was frozen: the reason is too long");
            for (String name : List.of("ü".repeat(32), "a\0b")) {
                HttpResponse<String> answer = bo.act("/freeze", with(Map.of("scope", "one", "database", name)));
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("no database can have this name");
            }
            assertThat(bo.act("/freeze", with(Map.of("reason", "x".repeat(20_000))))
                            .statusCode())
                    .isEqualTo(413);
        }
        assertNothing();
    }

    @Test
    void whoMayNotApproveMayOnlyLook() throws Exception {
        try (WebClient dev = web.browser("dev");
                WebClient bo = web.browser("bo")) {
            HttpResponse<String> freeze = dev.act("/freeze", ALL);
            assertThat(freeze.statusCode()).isEqualTo(403);
            assertThat(freeze.body())
                    .contains("Nothing was frozen: only a person who is configured with approves: true")
                    .doesNotContain("action=\"/freeze\"");
            assertNothing();

            bo.act("/freeze", ALL);
            assertThat(dev.get("/freeze").body())
                    .contains("the disk is full", "You may look. Thawing", "You may look. Freezing")
                    .doesNotContain("action=\"/freeze");
            HttpResponse<String> thaw = dev.act("/freeze/thaw", seen(only()));
            assertThat(thaw.statusCode()).isEqualTo(403);
            assertThat(thaw.body()).contains("Your word for the thaw was not counted");
        }
        assertThat(only().thaws()).isEmpty();
    }

    @Test
    void aThawThatDoesNotCountSaysWhy() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            bo.act("/freeze", ALL);
            Map<String, String> first = seen(only());
            bo.act("/freeze/thaw", first);
            HttpResponse<String> twice = bo.act("/freeze/thaw", first);
            assertThat(twice.statusCode()).isEqualTo(409);
            assertThat(twice.body()).contains("you have asked for the thaw already; another person must");

            web.holds.time.pass(Duration.ofSeconds(1));
            bo.act("/freeze", with(Map.of("mode", "now")));
            HttpResponse<String> replaced = bo.act("/freeze/thaw", first);
            assertThat(replaced.statusCode()).isEqualTo(409);
            assertThat(replaced.body()).contains("there is no such freeze");
            assertThat(only().thaws()).isEmpty();

            assertThat(bo.act("/freeze/thaw", Map.of("database", "", "since", "yesterday"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(bo.act("/freeze/thaw", Map.of()).statusCode()).isEqualTo(400);
            assertThat(only().thaws()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/freeze", "/freeze/thaw"})
    void aFormFromElsewhereDoesNothing(String path) throws Exception {
        try (WebClient bo = web.browser("bo");
                WebClient other = web.browser("bo")) {
            web.holds.freezes.freeze(Holds.at(Holds.ANN), FreezeMode.WAIT, "stock", "inventory");
            Map<String, String> form = path.equals("/freeze") ? ALL : seen(only());
            Map<String, String> right = new HashMap<>(form);
            right.put("token", bo.formToken());
            assertThat(bo.post(path, form).statusCode()).isEqualTo(403);
            Map<String, String> foreign = new HashMap<>(form);
            foreign.put("token", other.formToken());
            assertThat(bo.post(path, foreign).statusCode()).isEqualTo(403);
            assertThat(bo.send(bo.form(path, right)).statusCode()).isEqualTo(403);
            for (String origin : new String[] {"http://evil.example", "null", ""}) {
                assertThat(bo.send(bo.form(path, right).header("Origin", origin))
                                .statusCode())
                        .isEqualTo(403);
            }
            assertThat(bo.send(bo.form(path, right).header("Sec-Fetch-Site", "cross-site"))
                            .statusCode())
                    .isEqualTo(403);
            String cookie = bo.cookie();
            bo.cookie("");
            assertThat(bo.post(path, right).statusCode()).isEqualTo(401);
            bo.cookie(cookie);
            assertThat(bo.get(path + "?mean=yes&scope=all&mode=now&reason=x").statusCode())
                    .isIn(200, 303);
        }
        assertThat(only())
                .extracting(Freeze::database, Freeze::person, Freeze::thaws)
                .containsExactly("stock", "ann", List.of());
    }

    /** A refused form leaves the browser at a path of its own; to load that again must not be a dead end. */
    @Test
    void thePathOfTheThawLeadsBack() throws Exception {
        try (WebClient bo = web.browser("bo")) {
            HttpResponse<String> answer = bo.get("/freeze/thaw");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/freeze");
        }
    }

    private Freeze only() {
        assertThat(web.holds.freezes.now().freezes()).hasSize(1);
        return web.holds.freezes.now().freezes().getFirst();
    }

    private void assertNothing() {
        assertThat(web.holds.freezes.now().freezes()).isEmpty();
        assertThat(web.holds.seen).isEmpty();
    }

    private static Map<String, String> seen(Freeze freeze) {
        String database = freeze.database();
        return Map.of(
                "database",
                database == null ? "" : database,
                "since",
                freeze.since().toString());
    }

    private static Map<String, String> with(Map<String, String> others) {
        Map<String, String> form = new HashMap<>(ALL);
        form.putAll(others);
        return form;
    }
}
