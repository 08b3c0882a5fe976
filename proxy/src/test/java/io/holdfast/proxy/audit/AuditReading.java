package io.holdfast.proxy.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a log as its commands do. */
final class AuditReading {
    private AuditReading() {}

    /** The statements on record, in order. */
    static List<String> texts(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (AuditReader reader = AuditReader.open(file)) {
            for (AuditRecord entry = reader.next(); entry != null; entry = reader.next()) {
                entry.field("text").ifPresent(texts::add);
            }
        }
        return texts;
    }
}
