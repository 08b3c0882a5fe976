package io.holdfast.proxy.catalog;

import java.util.Map;
import java.util.Set;

/**
 * Functions of well-known extensions that say they are volatile, as most functions do that nobody thought about, and were reviewed:
 * they only read or compute. The names of the extensions are PostgreSQL's.
 */
final class ReviewedExtensions {
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "pg_stat_statements", Set.of("pg_stat_statements", "pg_stat_statements_info"),
            "pg_buffercache", Set.of("pg_buffercache_pages", "pg_buffercache_summary", "pg_buffercache_usage_counts"),
            "pg_freespacemap", Set.of("pg_freespace"),
            "pg_visibility", Set.of("pg_visibility", "pg_visibility_map", "pg_visibility_map_summary"),
            "pgcrypto", Set.of("gen_random_bytes", "gen_random_uuid", "gen_salt", "pgp_sym_encrypt", "pgp_pub_encrypt"),
            "pgrowlocks", Set.of("pgrowlocks"),
            "pgstattuple",
                    Set.of("pgstattuple", "pgstattuple_approx", "pgstatindex", "pgstatginindex", "pgstathashindex"),
            "tablefunc", Set.of("normal_rand"),
            "uuid-ossp", Set.of("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4"));

    private ReviewedExtensions() {}

    static boolean isHarmless(String extension, String function) {
        return HARMLESS.getOrDefault(extension, Set.of()).contains(function);
    }
}
