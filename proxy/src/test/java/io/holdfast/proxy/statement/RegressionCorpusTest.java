package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL's own regression suite, each statement labelled from PostgreSQL's parse tree with the class it must at least get. The
 * file is not part of the project; it is looked for beside it.
 */
class RegressionCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("holdfast.root", ".."))
            .resolve("../shared/corpus/postgres-regress.jsonl.gz")
            .normalize();

    @Test
    void noStatementIsClassedTooLow() throws IOException {
        List<String> low = new ArrayList<>();
        for (JsonNode line : corpus()) {
            StatementClass atLeast = StatementClass.valueOf(line.get("atLeast").asText());
            SqlFacts facts = Sql.read(line.get("sql").asText());
            if (facts.statementClass().compareTo(atLeast) < 0) {
                low.add(atLeast + " but got " + facts);
            }
        }
        assertThat(low).isEmpty();
    }

    @Test
    void nearlyAllHarmlessReadsAreReads() throws IOException {
        int readable = 0;
        List<String> high = new ArrayList<>();
        for (JsonNode line : corpus()) {
            if (line.has("readable")) {
                readable++;
                SqlFacts facts = Sql.read(line.get("sql").asText());
                if (facts.statementClass() != StatementClass.READ) {
                    high.add(facts.statements().toString());
                }
            }
        }
        assertThat(high).as("not READ, of %d readable", readable).hasSizeLessThan(readable / 100);
    }

    @Test
    void everyStatementOfTheSuiteIsUnderstood() throws IOException {
        List<String> unparsed = new ArrayList<>();
        for (JsonNode line : corpus()) {
            for (StatementFacts facts : Sql.read(line.get("sql").asText()).statements()) {
                if (facts.unparsed()) {
                    unparsed.add(facts.reason() + ": " + line.get("sql").asText());
                }
            }
        }
        assertThat(unparsed).isEmpty();
    }

    private static List<JsonNode> corpus() throws IOException {
        assumeTrue(Files.isRegularFile(CORPUS), "no corpus beside the project: " + CORPUS);
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CORPUS)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(mapper.readTree(line));
            }
        }
        return lines;
    }
}
