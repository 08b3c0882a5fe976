package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.statement.StatementClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {
    private static HoldRequest request(String path, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("search_path", path);
        return new HoldRequest(
                "ana",
                "ana",
                "shop",
                "psql",
                "127.0.0.1",
                "S-1",
                "DELETE FROM t",
                Fingerprint.of(List.of()),
                List.of(),
                List.of(),
                StatementClass.DESTRUCTIVE,
                "guardrail",
                settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"$user\", public|\"ana\", \"public\"",
                "App, \"Odd, \"\"one\"\"\"|\"app\", \"Odd, \"\"one\"\"\"",
                "public|\"public\""
            })
    void whatTheServerReportsIsRead(String reported, String schemas) {
        assertThat(SearchPath.of(request(reported, Map.of())).orElseThrow().setting())
                .isEqualTo(schemas);
    }

    @ParameterizedTest
    @ValueSource(strings = {"as at login", "after SET search_path TO a, b", "a b", "a,", "1", "\"a"})
    void whatIsNoListOfNamesIsNotKnown(String shown) {
        assertThat(SearchPath.of(request(shown, Map.of()))).isEmpty();
    }

    @Test
    void whoseSchemaIsMeantIsNotKnownBehindARole() {
        assertThat(SearchPath.of(request("\"$user\", public", Map.of("role", "changed since login"))))
                .isEmpty();
        assertThat(SearchPath.of(request("public", Map.of("role", "changed since login"))))
                .isPresent();
        assertThat(SearchPath.of(request("\"$user\"", Map.of("session_authorization", "bo")))
                        .orElseThrow()
                        .schemas())
                .containsExactly("bo");
    }
}
