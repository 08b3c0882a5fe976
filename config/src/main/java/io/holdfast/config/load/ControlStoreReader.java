package io.holdfast.config.load;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Section {@code control-store}: a file, or a database that several proxies share. */
final class ControlStoreReader {
    private static final String FILE = "holdfast-state";
    private static final List<String> KEYS = List.of("file", "url", "user", "password", "tls");
    private static final Pattern URL =
            Pattern.compile("postgres(?:ql)?://([^/@?#\\s]+)/([A-Za-z0-9_][A-Za-z0-9_.-]{0,62})");

    /** Stands for a database that was not given; the problem is reported. */
    private static final Target NONE = new Target(new HostPort("none", 5432), "none");

    private record Target(HostPort address, String database) {}

    private static final Kind<Target> TARGET = new Kind<>(
            "an address such as postgresql://db9:5432/holdfast, without user, password and parameters",
            ControlStoreReader::target);

    private ControlStoreReader() {}

    static ControlStoreConfig read(Section root, Path folder) {
        Section store = root.section("control-store", KEYS);
        Optional<Value> url = store.get("url");
        if (url.isEmpty()) {
            for (String key : List.of("user", "password", "tls")) {
                if (store.get(key).isPresent()) {
                    store.problem(key, "a key that needs url", "url with it, or not this key");
                }
            }
            return new ControlStoreConfig.Embedded(
                    store.get("file").flatMap(FileValues::path).orElse(folder.resolve(FILE)));
        }
        if (store.get("file").isPresent()) {
            store.problem("file", "beside url", "either file or url");
        }
        Target target = url.get().as(TARGET).orElse(NONE);
        return new ControlStoreConfig.Shared(
                target.address,
                target.database,
                store.required("user", Kinds.TEXT, ""),
                store.get("password").flatMap(FileValues::secret).orElse(""),
                UpstreamReader.tls(store, Addresses.isLoopback(target.address)));
    }

    private static Optional<Target> target(String text) {
        Matcher parts = URL.matcher(text);
        return parts.matches()
                ? Addresses.SERVER.parse().apply(parts.group(1)).map(address -> new Target(address, parts.group(2)))
                : Optional.empty();
    }
}
