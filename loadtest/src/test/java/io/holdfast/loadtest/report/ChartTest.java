package io.holdfast.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    private final Document chart;

    ChartTest() throws Exception {
        byte[] svg = Chart.svg(Results.comparison()).getBytes(StandardCharsets.UTF_8);
        chart = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private List<Element> elements(String name) {
        NodeList nodes = chart.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private List<String> texts(String style) {
        return elements("text").stream()
                .filter(text -> text.getAttribute("class").equals(style))
                .map(Element::getTextContent)
                .toList();
    }

    private double width(String series, int index) {
        List<Element> bars = elements("rect").stream()
                .filter(bar -> bar.getAttribute("class").equals(series))
                .toList();
        return Double.parseDouble(bars.get(index).getAttribute("width"));
    }

    @Test
    void everyTargetButTheBaselineHasABarWithItsNumber() {
        assertThat(texts("value")).containsExactly("0.80", "1.20", "0.40");
        assertThat(texts("legend")).containsExactly("a|b", "x & <y>");
    }

    @Test
    void barsAreAsLongAsTheirNumbers() {
        // the first of each series is the legend's
        assertThat(width("s0", 1) / width("s1", 1)).isCloseTo(0.8 / 1.2, within(0.01));
        assertThat(width("s0", 2) / width("s0", 1)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void panelsAreModesAndGroupsAreNumbersOfClients() {
        assertThat(texts("title")).contains("simple", "prepared");
        assertThat(texts("group")).containsExactly("8 clients", "8 clients");
    }

    @Test
    void everythingIsInsideThePicture() {
        Element svg = chart.getDocumentElement();
        int width = Integer.parseInt(svg.getAttribute("width"));
        int height = Integer.parseInt(svg.getAttribute("height"));
        for (Element bar : elements("rect")) {
            double right = Double.parseDouble(bar.getAttribute("x")) + Double.parseDouble(bar.getAttribute("width"));
            assertThat(right).isLessThan(width);
            assertThat(Double.parseDouble(bar.getAttribute("y"))).isLessThan(height);
        }
    }

    @Test
    void itFollowsTheReadersChoiceOfLightOrDarkWithoutAScript() {
        assertThat(elements("style").getFirst().getTextContent()).contains("prefers-color-scheme: dark");
        assertThat(elements("script")).isEmpty();
    }
}
