package io.holdfast.proxy.targets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose database a word means: {@code pgsql}, {@code django.db.backends.postgresql}, {@code mysql2}. Ours is recognised wherever it stands,
 * others only as whole words: an application may be called Mariana.
 */
enum Product {
    POSTGRES,
    OTHER,
    UNKNOWN;

    private static final List<String> OURS =
            List.of("postg", "pgsql", "psycopg", "timescale", "cockroach", "pgbouncer", "pgpool", "redshift");
    private static final Set<String> OUR_WORDS = Set.of("pg", "psql");

    private static final Pattern OTHERS =
            Pattern.compile("(?:jdbc)?(?:mysql[0-9i]*|pymysql|aiomysql|mysqlclient|mariadb|trilogy"
                    + "|sqlite[0-9]?|mssql|sqlserver|sqlsrv|tedious|oracle(?:db)?|oci8?|mongo(?:db)?|mongoose|redis|valkey|h2|hsqldb|derby|db2"
                    + "|cassandra|scylla(?:db)?|clickhouse|couchdb|couchbase|dynamodb|neo4j|elasticsearch|opensearch|influx(?:db)?[0-9]?"
                    + "|snowflake|bigquery|duckdb|libsql|firebird|arangodb|rethinkdb|chromadb|qdrant|milvus|weaviate|surrealdb|memcached?"
                    + "|graphdb|vectordb|hana|nulldb|wordpress)");

    /** On which others listen, and PostgreSQL does not by itself. */
    private static final Set<Integer> OTHER_PORTS = Set.of(1433, 1521, 3306, 33060, 6379, 9042, 27017);

    /** Of an adapter's, driver's or dialect's name, or of a variable's. */
    static Product of(String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        List<String> words = Arrays.asList(plain.split("[^a-z0-9]+", -1));
        if (OURS.stream().anyMatch(plain::contains) || words.stream().anyMatch(OUR_WORDS::contains)) {
            return POSTGRES;
        }
        return plain.contains("sql_server")
                        || words.stream().anyMatch(one -> OTHERS.matcher(one).matches())
                ? OTHER
                : UNKNOWN;
    }

    /** Whether it is another product's, as far as a port can tell. */
    static boolean isOthersPort(String port) {
        return port.matches("[0-9]{1,5}") && OTHER_PORTS.contains(Integer.parseInt(port));
    }
}
