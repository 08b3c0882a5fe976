package io.holdfast.config.load;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.ControlStoreConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Section {@code audit}. */
final class AuditConfigReader {
    private static final String FILE = "holdfast-audit.jsonl";
    private static final Kind<Integer> ROTATE_AT = Sizes.between(1 << 20, 1 << 30, "1MiB to 1GiB");

    private AuditConfigReader() {}

    static AuditConfig read(Section root, Path folder, ControlStoreConfig store) {
        Section audit = root.section("audit", List.of("file", "rotate-at", "copy-as"));
        Optional<String> copyAs = audit.get("copy-as").flatMap(value -> value.as(Kinds.PROXY_NAME));
        if (copyAs.isPresent() && store instanceof ControlStoreConfig.Embedded) {
            audit.problem(
                    "copy-as",
                    "a copy on the disk that the log is on, which whoever changes the one can change, too",
                    "control-store with url");
        }
        return new AuditConfig(
                audit.get("file").flatMap(FileValues::path).orElse(folder.resolve(FILE)),
                audit.value("rotate-at", ROTATE_AT, AuditConfig.DEFAULT_ROTATE_BYTES),
                copyAs.orElse(null));
    }
}
