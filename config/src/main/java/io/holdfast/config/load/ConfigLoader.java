package io.holdfast.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration: YAML 1.2 without aliases and tags, at most 1 MiB. Every value may take parts from the environment,
 * {@code ${NAME}} or {@code ${NAME:-default}}; a doubled dollar sign before the brace escapes it. What is expanded is text,
 * never YAML.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads a file. Relative paths in it start at its folder.
     *
     * @param environment of the process, or what stands for it
     */
    public static ConfigResult load(Path file, Map<String, String> environment) {
        String source = file.toString();
        Path folder = file.toAbsolutePath().getParent();
        Reading reading = new Reading(source, folder == null ? file.toAbsolutePath() : folder, environment);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(YamlReader.MAX_CHARACTERS + 1);
        } catch (IOException e) {
            reading.problem(Position.NONE, "", "a file that cannot be read", "a readable file");
            return reading.invalid();
        }
        try {
            String yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return load(yaml, reading);
        } catch (CharacterCodingException e) {
            reading.problem(Position.NONE, "", "bytes that are not UTF-8", "a text file in UTF-8");
            return reading.invalid();
        }
    }

    /**
     * Reads a text.
     *
     * @param source names the text in problems
     * @param folder where relative paths start
     * @param environment of the process, or what stands for it
     */
    public static ConfigResult load(String yaml, String source, Path folder, Map<String, String> environment) {
        return load(yaml, new Reading(source, folder, environment));
    }

    private static ConfigResult load(String yaml, Reading reading) {
        Optional<Section> root = YamlReader.read(yaml, reading)
                .map(node -> new Value(node, "", reading).section(RootReader.KEYS))
                .filter(Section::isThere);
        if (root.isEmpty()) {
            return reading.invalid();
        }
        return reading.result(RootReader.read(root.get(), reading.folder()));
    }
}
