package io.holdfast.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where decisions are recorded.
 *
 * @param file JSON lines, appended to
 * @param rotateBytes the file is put away, and a new one begun, when it has reached this size
 * @param copyAs this proxy's name in the copy that a shared control store keeps; null: nothing is copied
 */
public record AuditConfig(
        Path file, int rotateBytes, @Nullable String copyAs) {
    /** 256 MiB: a day of a busy proxy, and what a pager or an editor still opens. */
    public static final int DEFAULT_ROTATE_BYTES = 256 << 20;

    /** Without a copy. */
    public AuditConfig(Path file, int rotateBytes) {
        this(file, rotateBytes, null);
    }
}
