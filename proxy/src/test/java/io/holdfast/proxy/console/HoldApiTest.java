package io.holdfast.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.testing.ApiFixture;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HoldApiTest {
    private final ApiFixture api = new ApiFixture();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void twoPersonsApprove() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);

        HttpResponse<String> first = post("/api/holds/" + id + "/approve", "bo", "{\"reason\":\"checked\"}");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json.readTree(first.body()).path("state").asText()).isEqualTo("waiting");
        assertThat(json.readTree(first.body()).path("approvals").asInt()).isEqualTo(1);

        assertThat(post("/api/holds/" + id + "/approve", "bo", "").statusCode()).isEqualTo(409);
        assertThat(post("/api/holds/" + id + "/approve", "ann", "").body()).contains("\"state\":\"approved\"");
        assertThat(api.holds.service.find(id).orElseThrow().votes())
                .extracting(Vote::person, Vote::reason, vote -> vote.channel().name())
                .containsExactly(tuple("bo", "checked", "HTTP"), tuple("ann", null, "HTTP"));
    }

    @Test
    void severalAreDecidedInOneRequest() throws Exception {
        HoldId first = api.holds.open(Holds.TWO);
        HoldId second = api.holds.open(Holds.TWO);
        api.holds.deny(second, Holds.ANN);
        String ids = "{\"ids\":[\"" + first + "\",\"" + second + "\"],\"reason\":\"read both\"}";

        HttpResponse<String> answer = post("/api/holds/approve", "bo", ids);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).path("answers").toString())
                .isEqualTo("[{\"id\":\"" + first + "\",\"counted\":true,\"state\":\"waiting\",\"approvals\":1,"
                        + "\"approvals_needed\":2},{\"id\":\"" + second + "\",\"counted\":false,\"error\":\"hold "
                        + second + " is denied\"}]");
        assertThat(post("/api/holds/deny", "ann", ids).body()).contains("\"state\":\"denied\"");
        assertThat(post("/api/holds/approve", "nobody", ids).statusCode()).isEqualTo(401);
        for (String body : List.of(
                "",
                "[]",
                "{\"ids\":[]}",
                "{\"ids\":\"" + first + "\"}",
                "{\"ids\":[7]}",
                "{\"ids\":[" + "\"H-2222\",".repeat(20) + "\"H-2222\"]}")) {
            assertThat(post("/api/holds/approve", "bo", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void onePersonReleasesAlone() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        String path = "/api/holds/" + id + "/break-glass";
        String why = "{\"reason\":\"nobody answers the phone\"}";

        assertThat(post(path, "bo", why).statusCode()).isEqualTo(403);
        assertThat(post(path, "eve", "").statusCode()).isEqualTo(400);
        assertThat(api.holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(json.readTree(post(path, "eve", why).body())
                        .path("glass_broken_by")
                        .asText())
                .isEqualTo("eve");
        assertThat(post(path, "eve", why).statusCode()).isEqualTo(409);
        assertThat(get("/api/holds/" + id, "bo").body())
                .contains("\"verdict\":\"break-glass\",\"reason\":\"nobody answers the phone\"");
        post("/api/holds/" + api.holds.open(Holds.TWO) + "/break-glass", "eve", why);
        assertThat(post("/api/holds/" + api.holds.open(Holds.TWO) + "/break-glass", "eve", why)
                        .statusCode())
                .isEqualTo(429);
        api.holds.freezes.freeze(Holds.at(Holds.BO), io.holdfast.proxy.approval.FreezeMode.WAIT, null, "restoring");
        assertThat(post("/api/holds/" + api.holds.open(Holds.TWO) + "/break-glass", "eve", why)
                        .body())
                .contains("writes are frozen there");
    }

    @Test
    void howToUndoWhatIsReleasedIsThereForProgramsAndForPeople() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        api.holds.approve(id, Holds.BO);
        api.holds.approve(id, Holds.ANN);
        api.holds.service.claim(id);
        RestorePoint point =
                new RestorePoint.Position("0/1A2B3C8", Instant.parse("2026-03-13T09:00:07Z"), "not permitted\u202e");
        api.holds.service.marked(id, point);

        JsonNode hold = json.readTree(get("/api/holds/" + id, "bo").body());

        assertThat(hold.path("restore_point").toString())
                .isEqualTo("{\"kind\":\"position\",\"lsn\":\"0/1A2B3C8\",\"at\":\"2026-03-13T09:00:07Z\","
                        + "\"why\":\"not permitted\u202e\",\"undo\":\"" + point.undo() + "\"}");
        assertThat(hold.path("sheet").toString())
                .contains("{\"field\":\"to undo\",\"value\":\"restore a backup to LSN 0/1A2B3C8 (recovery_target_lsn,")
                .contains("no restore point: not permitted<U+202E>");
    }

    @Test
    void oneDenies() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);

        assertThat(post("/api/holds/" + id.text().toLowerCase(Locale.ROOT) + "/deny", "bo", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.holds.state(id)).isEqualTo(HoldState.DENIED);
        assertThat(post("/api/holds/" + id + "/approve", "ann", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoMayNotDecideIsToldWhy() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        HoldId own = api.holds
                .service
                .openDetached(Holds.request("bo_admin", "bo", "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();

        HttpResponse<String> developer = post("/api/holds/" + id + "/approve", "dev", "");
        assertThat(developer.statusCode()).isEqualTo(403);
        assertThat(developer.body())
                .isEqualTo("{\"error\":\"only a person who is configured with approves: true may decide\"}\n");
        HttpResponse<String> requester = post("/api/holds/" + own + "/approve", "bo", "");
        assertThat(requester.statusCode()).isEqualTo(403);
        assertThat(requester.body()).contains("nobody decides their own request");
        assertThat(api.holds.state(id)).isEqualTo(HoldState.WAITING);
        assertThat(api.holds.state(own)).isEqualTo(HoldState.WAITING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/holds", "GET /api/holds/ID", "GET /api/sessions", "POST /api/holds/ID/approve"})
    void withoutATokenThereIsNothing(String request) throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        String[] parts = request.replace("ID", id.text()).split(" ", 2);
        for (String authorization :
                List.of("", "Bearer", "Bearer ", "Bearer hf_nobody", "Basic Ym86aGZfYm8=", "hf_bo")) {
            HttpRequest.Builder builder =
                    HttpRequest.newBuilder(api.uri(parts[1])).method(parts[0], HttpRequest.BodyPublishers.noBody());
            if (!authorization.isEmpty()) {
                builder.header("Authorization", authorization);
            }
            HttpResponse<String> answer = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.body()).doesNotContain("TRUNCATE");
        }
        assertThat(api.holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void guessingIsSlow() throws Exception {
        for (int i = 0; i < LoginThrottle.ATTEMPTS; i++) {
            assertThat(get("/api/holds", "nobody").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> more = get("/api/holds", "bo");
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(more.headers().firstValue("Retry-After")).contains("7");
        assertThat(more.body())
                .isEqualTo("{\"error\":\"too many wrong tokens from this address; again in 7 seconds\"}\n");

        api.holds.time.pass(LoginThrottle.EACH);
        assertThat(get("/api/holds", "bo").statusCode()).isEqualTo(200);
    }

    @Test
    void whoShowsARightTokenOrNoneIsNoGuesser() throws Exception {
        for (int i = 0; i < 2 * LoginThrottle.ATTEMPTS; i++) {
            assertThat(get("/api/holds", "bo").statusCode()).isEqualTo(200);
            assertThat(get("/api/holds", null).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "[]",
                "{\"reason\":1}",
                "{} {}",
                "\"reason\"",
                "{\"reason\":\"LONG\"}",
                "{\"reason\":\"LONGER\"}"
            })
    void aWrongBodyDecidesNothing(String body) throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        String whole = body.replace("LONGER", "x".repeat(10_000)).replace("LONG", "x".repeat(1_001));

        assertThat(post("/api/holds/" + id + "/deny", "bo", whole).statusCode()).isEqualTo(400);
        assertThat(api.holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H-2222", "x", "..", "H-7K2M'"})
    void aHoldThatIsNotThereIsNotFound(String id) throws Exception {
        assertThat(post("/api/holds/" + id.replace("'", "%27") + "/approve", "bo", "")
                        .statusCode())
                .isIn(404, 400);
        assertThat(get("/api/holds/H-2222", "bo").statusCode()).isEqualTo(404);
    }

    @Test
    void theWholeHasWhatTheSheetHas() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        api.holds.approve(id, Holds.BO);

        JsonNode hold = json.readTree(get("/api/holds/" + id, "dev").body());

        assertThat(hold.path("text").asText()).isEqualTo("TRUNCATE account");
        assertThat(hold.path("settings").path("search_path").asText()).isEqualTo("public");
        assertThat(hold.path("statements").path(0).path("tables").path(0).asText())
                .isEqualTo("account");
        assertThat(hold.path("votes").path(0).path("person").asText()).isEqualTo("bo");
        assertThat(StreamSupport.stream(hold.path("sheet").spliterator(), false)
                        .map(row -> row.path("field").asText() + ": "
                                + row.path("value").asText()))
                .contains("approvals: 1 of 2", "address: 192.0.2.7", "text: TRUNCATE account");
    }

    @Test
    void secretsAreNotShown() throws Exception {
        api.holds.service.openDetached(Holds.request("dev", null, "ALTER ROLE dev PASSWORD 's3cret'"), Holds.TWO);

        assertThat(get("/api/holds", "bo").body()).contains("ALTER ROLE dev").doesNotContain("s3cret");
        assertThat(get("/api/sessions", "bo").body()).contains("\"S-1\"").doesNotContain("s3cret");
    }

    @Test
    void nothingIsCachedAndAnswersAreAscii() throws Exception {
        api.holds.service.openDetached(Holds.request("dev", null, "DROP TABLE \"\u202e\""), Holds.TWO);

        HttpResponse<String> answer = get("/api/holds", "bo");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isASCII();
    }

    /** Each path of the document exists, and its answers have the fields that it requires, and no others. */
    @Test
    void theDocumentIsTrue() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        JsonNode document = json.valueToTree(new Load(LoadSettings.builder().build())
                .loadFromString(get("/api/openapi.yaml", null).body()));
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            String method = path.getValue().has("post") ? "POST" : "GET";
            paths.add(method + ' ' + path.getKey());
            HttpRequest request = HttpRequest.newBuilder(api.uri(path.getKey().replace("{id}", "H-2222")))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(path.getKey())
                    .isEqualTo(401);
        }
        assertThat(paths).hasSize(11);
        JsonNode schemas = document.path("components").path("schemas");
        JsonNode listed =
                json.readTree(get("/api/holds", "bo").body()).path("holds").path(0);
        assertThat(names(schemas.path("Hold").path("properties"))).containsAll(names(listed));
        assertThat(names(listed)).containsAll(texts(schemas.path("Hold").path("required")));
        JsonNode whole = json.readTree(get("/api/holds/" + id, "bo").body());
        JsonNode more = schemas.path("WholeHold").path("allOf").path(1);
        assertThat(names(whole)).containsAll(texts(more.path("required")));
        assertThat(names(whole))
                .isSubsetOf(Stream.concat(
                                names(schemas.path("Hold").path("properties")).stream(),
                                names(more.path("properties")).stream())
                        .toList());
        JsonNode session = json.readTree(get("/api/sessions", "bo").body())
                .path("sessions")
                .path(0);
        assertThat(names(session))
                .hasSameElementsAs(texts(schemas.path("Session").path("required")));
        JsonNode freeze =
                json.readTree(post("/api/freeze", "bo", "{\"reason\":\"why\"}").body());
        assertThat(names(freeze)).hasSameElementsAs(texts(schemas.path("Freeze").path("required")));
    }

    @Test
    void oneFreezesAndTwoThaw() throws Exception {
        assertThat(post("/api/freeze", "dev", "{\"reason\":\"why\"}").statusCode())
                .isEqualTo(403);
        assertThat(post("/api/freeze", "bo", "").statusCode()).isEqualTo(400);
        assertThat(post("/api/freeze", "bo", "{\"reason\":\"why\",\"mode\":\"hard\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/api/freeze", "bo", "{\"reason\":\"why\",\"mode\":\"wait\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/freeze", "dev").body()).contains("\"mode\":\"wait\"", "\"person\":\"bo\"");

        assertThat(post("/api/thaw", "bo", "{\"database\":\"shop\"}").statusCode())
                .isEqualTo(409);
        assertThat(post("/api/thaw", "bo", "").body()).contains("\"state\":\"frozen\"");
        assertThat(post("/api/thaw", "bo", "").statusCode()).isEqualTo(409);
        assertThat(post("/api/thaw", "ann", "").body()).contains("\"state\":\"thawed\"");
        assertThat(get("/api/freeze", "dev").body()).contains("\"freezes\":[]");
    }

    @Test
    void withoutTheControlStoreNothingIsDecided() throws Exception {
        HoldId id = api.holds.open(Holds.TWO);
        api.holds.store.down = true;
        assertThat(post("/api/holds/" + id + "/approve", "bo", "").statusCode()).isEqualTo(503);
        assertThat(get("/api/holds", "bo").body()).contains("the control store is not available");

        api.holds.store.down = false;
        assertThat(api.holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private HttpResponse<String> get(String path, @Nullable String person) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path));
        if (person != null) {
            request.header("Authorization", "Bearer hf_" + person);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String person, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.uri(path))
                .header("Authorization", "Bearer hf_" + person)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
