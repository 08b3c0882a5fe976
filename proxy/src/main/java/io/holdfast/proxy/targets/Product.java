package io.holdfast.proxy.targets;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whose database a word means: {@code pgsql}, {@code django.db.backends.postgresql}, {@code mysql2}. */
enum Product {
    POSTGRES,
    OTHER,
    UNKNOWN;

    private static final List<String> OURS =
            List.of("postg", "pgsql", "psycopg", "timescale", "cockroach", "pgbouncer", "pgpool", "redshift");

    private static final List<String> OTHERS = List.of(
            "mysql",
            "maria",
            "trilogy",
            "sqlite",
            "mssql",
            "sqlserver",
            "sql_server",
            "sqlsrv",
            "tedious",
            "oracle",
            "mongo",
            "redis",
            "valkey",
            "hsqldb",
            "derby",
            "cassandra",
            "scylla",
            "clickhouse",
            "couch",
            "dynamo",
            "neo4j",
            "elastic",
            "opensearch",
            "influx",
            "snowflake",
            "bigquery",
            "duckdb",
            "libsql",
            "firebird",
            "arango",
            "rethink",
            "chroma",
            "qdrant",
            "milvus",
            "weaviate",
            "surreal",
            "memcache",
            "nulldb",
            "wordpress",
            "adodb",
            "graphdb",
            "vectordb");

    private static final Pattern OUR_WORDS = Pattern.compile("(?:.*[^a-z0-9])?(?:pg|psql)(?:[^a-z0-9].*)?");
    private static final Pattern OTHER_WORDS =
            Pattern.compile("(?:.*[^a-z0-9])?(?:h2|db2|oci8?|hana|ase)(?:[^a-z0-9].*)?");

    /** On which others listen, and PostgreSQL does not by itself. */
    private static final Set<Integer> OTHER_PORTS =
            Set.of(1433, 1434, 1521, 3306, 3307, 33060, 6379, 7687, 8086, 9042, 9200, 11211, 27017, 50000);

    /** Of an adapter's, driver's or dialect's name, or of a variable's. */
    static Product of(String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        if (OURS.stream().anyMatch(plain::contains) || OUR_WORDS.matcher(plain).matches()) {
            return POSTGRES;
        }
        return OTHERS.stream().anyMatch(plain::contains)
                        || OTHER_WORDS.matcher(plain).matches()
                ? OTHER
                : UNKNOWN;
    }

    /** Whether it is another product's, as far as a port can tell. */
    static boolean isOthersPort(String port) {
        return port.matches("[0-9]{1,5}") && OTHER_PORTS.contains(Integer.parseInt(port));
    }
}
