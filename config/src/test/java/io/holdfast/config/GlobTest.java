package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void itMatchesAsTheRegularExpressionThatSaysTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String glob = text(random, "ab*");
            String candidate = text(random, "ab");
            String regex = Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            assertThat(Glob.of(glob).matches(candidate))
                    .as("%s on %s", glob, candidate)
                    .isEqualTo(candidate.matches(regex));
        }
    }

    @Test
    void whatItCoversItMatches() {
        Random random = new Random(8);
        int covered = 0;
        for (int i = 0; i < 200_000; i++) {
            Glob wide = Glob.of(text(random, "ab*"));
            Glob narrow = Glob.of(text(random, "ab*"));
            String candidate = text(random, "ab");
            if (wide.covers(narrow) && narrow.matches(candidate)) {
                covered++;
                assertThat(wide.matches(candidate)).isTrue();
            }
        }
        assertThat(covered).isPositive();
    }

    private static String text(Random random, String alphabet) {
        return random.ints(random.nextInt(6), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }
}
