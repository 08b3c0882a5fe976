package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.estimate.SessionState;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {
    private static SessionState session(String path, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("search_path", path);
        return new SessionState("ana", "shop", settings);
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
        assertThat(SearchPath.of(session(reported, Map.of())).orElseThrow().setting())
                .isEqualTo(schemas);
    }

    @ParameterizedTest
    @ValueSource(strings = {"as at login", "after SET search_path TO a, b", "a b", "a,", "1", "\"a"})
    void whatIsNoListOfNamesIsNotKnown(String shown) {
        assertThat(SearchPath.of(session(shown, Map.of()))).isEmpty();
    }

    @Test
    void whoseSchemaIsMeantIsNotKnownBehindARole() {
        assertThat(SearchPath.of(session("\"$user\", public", Map.of("role", "changed since login"))))
                .isEmpty();
        assertThat(SearchPath.of(session("public", Map.of("role", "changed since login"))))
                .isPresent();
        assertThat(SearchPath.of(session("\"$user\"", Map.of("session_authorization", "bo")))
                        .orElseThrow()
                        .schemas())
                .containsExactly("bo");
    }
}
