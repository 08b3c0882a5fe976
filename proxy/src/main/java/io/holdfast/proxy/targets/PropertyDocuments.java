package io.holdfast.proxy.targets;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Files of properties, {@code .properties}, {@code .yml} or {@code .yaml}, as flat names and values; one file may have several documents. */
final class PropertyDocuments {
    private static final int MOST = 20_000;

    private PropertyDocuments() {}

    /** @throws TargetProblem if it cannot be read */
    static List<Map<String, String>> read(Path file) throws TargetProblem {
        String text = TextFile.read(file);
        if (file.toString().endsWith(".properties") || file.toString().endsWith(".conf")) {
            List<Map<String, String>> documents = new ArrayList<>();
            for (String document : text.split("(?m)^[#!]---[ \\t]*$", -1)) {
                documents.add(properties(document));
            }
            return documents;
        }
        List<Map<String, String>> documents = new ArrayList<>();
        for (Object document : Yaml.documents(text, Yaml.Merge.ADDS)) {
            Map<String, String> flat = new LinkedHashMap<>();
            flatten("", document, flat);
            documents.add(flat);
        }
        return documents;
    }

    private static Map<String, String> properties(String text) throws TargetProblem {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new TargetProblem("it has a \\u that is not followed by four hexadecimal digits");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        }
        Map<String, String> flat = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> flat.put(name, properties.getProperty(name)));
        return flat;
    }

    /** Lists by their index, as Spring has them. */
    static void flatten(String name, Object value, Map<String, String> into) throws TargetProblem {
        if (into.size() > MOST) {
            throw new TargetProblem("it has more than " + MOST + " properties");
        }
        switch (value) {
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    flatten(
                            name.isEmpty() ? String.valueOf(entry.getKey()) : name + '.' + entry.getKey(),
                            entry.getValue(),
                            into);
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + '[' + i + ']', list.get(i), into);
                }
            }
            default -> into.put(name, String.valueOf(value));
        }
    }
}
