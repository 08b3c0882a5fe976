package io.holdfast.config;

import java.nio.file.Path;

/**
 * Where decisions are recorded.
 *
 * @param file JSON lines, appended to
 */
public record AuditConfig(Path file) {}
