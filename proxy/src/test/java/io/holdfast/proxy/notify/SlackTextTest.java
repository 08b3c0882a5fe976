package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.console.Visible;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlackTextTest {
    @Test
    void nothingFromElsewhereIsMarkup() {
        assertThat(SlackText.name("<!channel> & <https://evil.example|here>"))
                .isEqualTo("`&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;`");
        assertThat(SlackText.name("`*bold*`")).isEqualTo("`&lt;U+0060&gt;*bold*&lt;U+0060&gt;`");
        assertThat(SlackText.name("two\nlines")).isEqualTo("`two&lt;U+000A&gt;lines`");
        assertThat(SlackText.name("")).isEqualTo("_none_");
        assertThat(SlackText.name("ané")).isEqualTo("`ané`");
        assertThat(SlackText.value("ané", 100)).isEqualTo("`an&lt;U+00E9&gt;`");
    }

    @Test
    void whatIsTooLongSaysSo() {
        assertThat(SlackText.name("x".repeat(151))).isEqualTo('`' + "x".repeat(150) + "... (150 of 151 characters)`");
        assertThat(SlackText.words("a<b", 3)).isEqualTo("`a... (1 of 3 characters)`");
        assertThat(SlackText.lines(List.of("one", "two", "three"), 7))
                .isEqualTo("one\ntwo\nand 1 more, not shown here");
        assertThat(SlackText.lines(List.of("one", "two"), 7)).isEqualTo("one\ntwo");
    }

    @Test
    void aTextIsCutBetweenLinesWhereItCanBe() {
        String lines = "SELECT 1;\n".repeat(25);

        SlackText.Pages pages = SlackText.pages(lines, 105, 2);

        assertThat(pages.pages()).containsExactly("SELECT 1;\n".repeat(10), "SELECT 1;\n".repeat(10));
        assertThat(pages.left()).isEqualTo(50);
    }

    @Test
    void noMarkOrEscapeIsCutInHalf() {
        String visible = Visible.text("<&\u202e`".repeat(500));

        SlackText.Pages pages = SlackText.pages(visible, 100, 1_000);

        assertThat(pages.left()).isZero();
        assertThat(pages.pages()).allSatisfy(page -> {
            assertThat(page.length()).isLessThanOrEqualTo(100);
            assertThat(page.replaceAll("&(?:amp|lt|gt);", ""))
                    .doesNotContain("&")
                    .doesNotContain("`");
            assertThat(page).matches("(?:&lt;&amp;|&amp;|&lt;(?!U)|&lt;U\\+[0-9A-F]{4}&gt;)+");
        });
        assertThat(String.join("", pages.pages())).contains("&lt;U+202E&gt;");
    }

    @Test
    void whatFitsIsOnePage() {
        assertThat(SlackText.pages("SELECT 1", 100, 2)).isEqualTo(new SlackText.Pages(List.of("SELECT 1"), 0));
        assertThat(SlackText.pages("", 100, 2)).isEqualTo(new SlackText.Pages(List.of(), 0));
    }
}
