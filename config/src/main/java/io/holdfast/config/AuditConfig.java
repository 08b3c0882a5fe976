package io.holdfast.config;

import java.nio.file.Path;

/**
 * Where decisions are recorded.
 *
 * @param file JSON lines, appended to
 * @param rotateBytes the file is put away, and a new one begun, when it has reached this size
 */
public record AuditConfig(Path file, int rotateBytes) {
    /** 256 MiB: a day of a busy proxy, and what a pager or an editor still opens. */
    public static final int DEFAULT_ROTATE_BYTES = 256 << 20;
}
