package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/** Settings that switch off what protects the data are the operators' business; all others are the session's. */
final class SettingClass {
    private SettingClass() {}

    /**
     * Of {@code SET name = value}.
     *
     * @param name lower case
     * @param value null: the default
     */
    static StatementClass of(String name, @Nullable String value) {
        boolean guarded = switch (name) {
            case "session_replication_role" -> !"origin".equals(value);
            case "allow_system_table_mods", "zero_damaged_pages", "ignore_checksum_failure", "ignore_system_indexes" ->
                !"off".equals(value);
            case "session_preload_libraries", "local_preload_libraries", "dynamic_library_path" -> true;
            default -> false;
        };
        return guarded && value != null ? StatementClass.ADMIN : StatementClass.SESSION;
    }

    /** Whether the server cuts later texts into other tokens, or leaves out triggers, after a change of this setting. */
    static boolean changesReading(String name) {
        return switch (name) {
            case "client_encoding", "standard_conforming_strings", "session_replication_role" -> true;
            default -> false;
        };
    }
}
