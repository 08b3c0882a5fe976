package io.holdfast.proxy.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.insight.StatementInsight.Details;
import io.holdfast.proxy.insight.StatementInsight.Unreadable;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** How much of PostgreSQL's regression suite gets a count. The file is not part of the project; it is looked for beside it. */
class RegressionCountTest {
    private static final Path CORPUS = Path.of(System.getProperty("holdfast.root", ".."))
            .resolve("../shared/corpus/postgres-regress.jsonl.gz")
            .normalize();

    @Test
    void mostUpdatesAndDeletesGetACountAndEveryCountOnlyReads() throws IOException {
        assumeTrue(Files.isRegularFile(CORPUS), "no corpus beside the project: " + CORPUS);
        int all = 0;
        int counted = 0;
        List<String> unreadable = new ArrayList<>();
        TreeMap<String, List<String>> unknown = new TreeMap<>();
        List<String> dangerous = new ArrayList<>();
        for (String sql : modifications()) {
            all++;
            switch (InsightReader.read(sql, System::nanoTime, InsightReaderTest.PLENTY)
                    .getFirst()) {
                case Unreadable(var why) -> unreadable.add(sql);
                case Details details -> {
                    switch (details.counts().getLast()) {
                        case RowCount.Unknown(var target, var why) ->
                            unknown.computeIfAbsent(why, ignored -> new ArrayList<>())
                                    .add(sql);
                        case RowCount.Query query -> {
                            counted++;
                            byte[] bytes = query.sql().getBytes(StandardCharsets.UTF_8);
                            SqlFacts facts = StatementReader.read(bytes, 0, bytes.length);
                            if (facts.statementClass() != StatementClass.READ
                                    || facts.statements().size() != 1) {
                                dangerous.add(query.sql());
                            }
                        }
                    }
                }
            }
        }
        assertThat(dangerous).isEmpty();
        assertThat(counted)
                .as("of %d; unreadable %s, unknown %s", all, unreadable, unknown)
                .isGreaterThan(all * 9 / 10);
    }

    private static List<String> modifications() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CORPUS)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode json = mapper.readTree(line);
                String kinds = json.get("kinds").toString();
                if (kinds.equals("[\"UpdateStmt\"]") || kinds.equals("[\"DeleteStmt\"]")) {
                    texts.add(json.get("sql").asText());
                }
            }
        }
        return texts;
    }
}
