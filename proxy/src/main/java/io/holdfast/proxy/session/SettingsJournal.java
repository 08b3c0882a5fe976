package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The settings that the session changed, in the client's own words, so that the other leg can be brought to the same state
 * before its next unit. Bounded: a later change of the same setting replaces the earlier one.
 */
final class SettingsJournal {
    /**
     * Settings that mean the same on both servers. What is not here pins the session to the primary; what changes how
     * statements are read is refused before it gets here.
     */
    private static final Set<String> MIRRORED = Set.of(
            "application_name",
            "array_nulls",
            "backslash_quote",
            "bytea_output",
            "client_encoding",
            "client_min_messages",
            "constraint_exclusion",
            "cursor_tuple_fraction",
            "datestyle",
            "default_statistics_target",
            "default_text_search_config",
            "default_transaction_deferrable",
            "effective_cache_size",
            "enable_bitmapscan",
            "enable_hashagg",
            "enable_hashjoin",
            "enable_indexonlyscan",
            "enable_indexscan",
            "enable_mergejoin",
            "enable_nestloop",
            "enable_seqscan",
            "enable_sort",
            "extra_float_digits",
            "from_collapse_limit",
            "geqo",
            "hash_mem_multiplier",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "intervalstyle",
            "jit",
            "join_collapse_limit",
            "lc_messages",
            "lc_monetary",
            "lc_numeric",
            "lc_time",
            "lock_timeout",
            "max_parallel_workers_per_gather",
            "plan_cache_mode",
            "quote_all_identifiers",
            "random_page_cost",
            "search_path",
            "seq_page_cost",
            "standard_conforming_strings",
            "statement_timeout",
            "synchronize_seqscans",
            "synchronous_commit",
            "timezone",
            "transaction_timeout",
            "work_mem",
            "xmlbinary",
            "xmloption");

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Change(long sequence, String name, byte[] sql) {}

    private final List<Change> changes = new ArrayList<>();
    private long sequence;

    /** Whether this change can be repeated on the other leg. A standby has every isolation level but one. */
    static boolean mirrors(SessionEffect.Setting setting) {
        return isMirrored(setting.name())
                || (setting.name().equals("default_transaction_isolation")
                        && !"serializable".equalsIgnoreCase(setting.value()));
    }

    /** Whether every change of this setting can be repeated there; {@code name} in lower case. */
    static boolean isMirrored(String name) {
        return MIRRORED.contains(name);
    }

    /** Number of the newest change; a leg that has applied it needs nothing. */
    long sequence() {
        return sequence;
    }

    void changed(String name, byte[] sql) {
        changes.removeIf(change -> change.name.equals(name));
        changes.add(new Change(++sequence, name, sql));
    }

    /** Every change that still matters, in the client's words, oldest first. */
    List<String> texts() {
        return changes.stream()
                .map(change -> new String(change.sql, StandardCharsets.UTF_8))
                .toList();
    }

    /** RESET ALL or DISCARD ALL: nothing earlier matters. */
    void reset() {
        changes.clear();
        changes.add(new Change(++sequence, "", "RESET ALL".getBytes(StandardCharsets.US_ASCII)));
    }

    /** What a leg lacks that has applied everything up to {@code applied}, oldest first. */
    List<byte[]> since(long applied) {
        if (applied == sequence) {
            return List.of();
        }
        return changes.stream()
                .filter(change -> change.sequence > applied)
                .map(Change::sql)
                .toList();
    }
}
