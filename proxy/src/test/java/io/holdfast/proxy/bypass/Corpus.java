package io.holdfast.proxy.bypass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** PostgreSQL's own regression suite, where it lies beside the project; it is no part of it. */
final class Corpus {
    private static final Path FILE = Path.of(System.getProperty("holdfast.root", ".."))
            .resolve("../shared/corpus/postgres-regress.jsonl.gz")
            .normalize();

    private Corpus() {}

    /** Each text once; none if the file is not there. */
    static List<String> texts(Predicate<JsonNode> wanted) {
        if (!Files.isRegularFile(FILE)) {
            return List.of();
        }
        ObjectMapper mapper = new ObjectMapper();
        Set<String> texts = new LinkedHashSet<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode node = mapper.readTree(line);
                if (wanted.test(node)) {
                    texts.add(node.get("sql").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(texts);
    }
}
