package io.holdfast.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.RelationName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        // pattern, name, surely, could
        "events,        events,            true,  true",
        "events,        public.events,     true,  true",
        "events,        pg_catalog.events, false, true",
        "events,        audit.events,      false, false",
        "events,        Events,            false, false",
        "events,        events2,           false, false",
        "public.events, public.events,     true,  true",
        "public.events, events,            false, true",
        "audit.events,  audit.events,      true,  true",
        "audit.events,  events,            false, true",
        "audit.events,  public.events,     false, false",
        "staging.*,     staging.a,         true,  true",
        "staging.*,     a,                 false, true",
        "staging.*,     stagingx.a,        false, false",
        "*.events,      audit.events,      true,  true",
        "*.events,      events,            true,  true",
        "*,             audit.events,      true,  true",
        "*,             events,            true,  true",
        "*.*,           audit.events,      true,  true",
        "tmp_*,         tmp_1,             true,  true",
        "tmp_*,         tmp,               false, false",
        "tmp_*,         x.tmp_1,           false, false",
        "a*b*c,         a1b2c,             true,  true",
        "a*b*c,         acb,               false, false",
        "[a-z]+,        a,                 false, false",
    })
    void asksWhetherItSurelyIsAndWhetherItCouldBe(String pattern, String name, boolean surely, boolean could) {
        RelationName relation = Facts.name(name);

        assertThat(new NamePattern(pattern).surelyMeans(relation)).isEqualTo(surely);
        assertThat(new NamePattern(pattern).couldMean(relation)).isEqualTo(could);
    }

    @Test
    void aDotInANameIsNotASeparator() {
        assertThat(new NamePattern("staging.*").surelyMeans(new RelationName(null, "staging.a")))
                .isFalse();
        assertThat(new NamePattern("tmp_*").surelyMeans(new RelationName(null, "tmp_\n1")))
                .isTrue();
    }

    @Test
    void coversFullyOnlyIfEveryNameIsMeant() {
        assertThat(coverage("events", "events", "logs")).isEqualTo(Coverage.FULL);
        assertThat(coverage("events", "users")).isEqualTo(Coverage.PARTIAL);
        assertThat(coverage("users", "shops")).isEqualTo(Coverage.NONE);
        assertThat(coverage()).isEqualTo(Coverage.NONE);
    }

    private static Coverage coverage(String... names) {
        List<NamePattern> patterns = List.of(new NamePattern("events"), new NamePattern("logs"));
        return NamePattern.of(patterns, Stream.of(names).map(Facts::name).toList());
    }
}
