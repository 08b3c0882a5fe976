package io.holdfast.proxy.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement of every command: the tag and the class it gets. */
class CommandClassTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ALTER AGGREGATE                 | ALTER AGGREGATE a(int) RENAME TO b | CODE
            ALTER AGGREGATE                 | ALTER AGGREGATE a(int) OWNER TO b | ADMIN
            ALTER COLLATION                 | ALTER COLLATION a REFRESH VERSION | SCHEMA
            ALTER CONVERSION                | ALTER CONVERSION a RENAME TO b | SCHEMA
            ALTER DATABASE                  | ALTER DATABASE a SET search_path = b | ADMIN
            ALTER DEFAULT PRIVILEGES        | ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a | ADMIN
            ALTER DOMAIN                    | ALTER DOMAIN a ADD CONSTRAINT b CHECK (value > 0) | SCHEMA
            ALTER DOMAIN                    | ALTER DOMAIN a ADD CHECK (f(value)) | CODE
            ALTER DOMAIN                    | ALTER DOMAIN a DROP CONSTRAINT b | DESTRUCTIVE
            ALTER DOMAIN                    | ALTER DOMAIN a DROP DEFAULT | DESTRUCTIVE
            ALTER EVENT TRIGGER             | ALTER EVENT TRIGGER a ENABLE | CODE
            ALTER EVENT TRIGGER             | ALTER EVENT TRIGGER a DISABLE | DESTRUCTIVE
            ALTER EXTENSION                 | ALTER EXTENSION a UPDATE | CODE
            ALTER FOREIGN DATA WRAPPER      | ALTER FOREIGN DATA WRAPPER a OPTIONS (b 'c') | ADMIN
            ALTER FOREIGN TABLE             | ALTER FOREIGN TABLE a ADD COLUMN b int | SCHEMA
            ALTER FOREIGN TABLE             | ALTER FOREIGN TABLE a OPTIONS (SET table_name 'x') | DESTRUCTIVE
            ALTER FUNCTION                  | ALTER FUNCTION f(int) SECURITY DEFINER | CODE
            ALTER INDEX                     | ALTER INDEX a RENAME TO b | SCHEMA
            ALTER INDEX                     | ALTER INDEX a SET TABLESPACE b | ADMIN
            ALTER INDEX                     | ALTER INDEX a ALTER COLUMN 1 SET STATISTICS 5 | SCHEMA
            ALTER LANGUAGE                  | ALTER PROCEDURAL LANGUAGE a RENAME TO b | ADMIN
            ALTER LARGE OBJECT              | ALTER LARGE OBJECT 1 OWNER TO a | ADMIN
            ALTER MATERIALIZED VIEW         | ALTER MATERIALIZED VIEW a SET (fillfactor = 70) | SCHEMA
            ALTER OPERATOR                  | ALTER OPERATOR + (int, int) OWNER TO a | ADMIN
            ALTER OPERATOR                  | ALTER OPERATOR + (int, int) SET (RESTRICT = NONE) | CODE
            ALTER OPERATOR CLASS            | ALTER OPERATOR CLASS a USING btree RENAME TO b | SCHEMA
            ALTER OPERATOR FAMILY           | ALTER OPERATOR FAMILY a USING btree DROP FUNCTION 1 (int) | CODE
            ALTER POLICY                    | ALTER POLICY p ON t USING (true) | CODE
            ALTER PROCEDURE                 | ALTER PROCEDURE p() SET SCHEMA s | CODE
            ALTER PUBLICATION               | ALTER PUBLICATION p DROP TABLE t | ADMIN
            ALTER ROLE                      | ALTER USER a PASSWORD 'x' | ADMIN
            ALTER ROUTINE                   | ALTER ROUTINE p() RENAME TO q | CODE
            ALTER RULE                      | ALTER RULE r ON t RENAME TO q | SCHEMA
            ALTER SCHEMA                    | ALTER SCHEMA a RENAME TO b | DESTRUCTIVE
            ALTER SEQUENCE                  | ALTER SEQUENCE s OWNED BY t.a | SCHEMA
            ALTER SEQUENCE                  | ALTER SEQUENCE s CACHE 10 | SCHEMA
            ALTER SEQUENCE                  | ALTER SEQUENCE s RESTART WITH 1 | DESTRUCTIVE
            ALTER SEQUENCE                  | ALTER SEQUENCE s MAXVALUE 10 CYCLE | DESTRUCTIVE
            ALTER SERVER                    | ALTER SERVER a OPTIONS (SET host 'x') | ADMIN
            ALTER STATISTICS                | ALTER STATISTICS a SET STATISTICS 5 | SCHEMA
            ALTER SUBSCRIPTION              | ALTER SUBSCRIPTION a DISABLE | ADMIN
            ALTER SYSTEM                    | ALTER SYSTEM RESET ALL | ADMIN
            ALTER TABLE                     | ALTER TABLE t ADD COLUMN a int DEFAULT 0 | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ADD COLUMN a uuid DEFAULT gen_random_uuid(), ADD b int REFERENCES o(id) | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ADD a int DEFAULT evil() | CODE
            ALTER TABLE                     | ALTER TABLE t ADD a text DEFAULT pg_promote() | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t DROP COLUMN a | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t DROP a | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER a TYPE int USING 1 | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER COLUMN a SET DATA TYPE int | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER a SET EXPRESSION AS (b) | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER a DROP EXPRESSION | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER a SET DEFAULT 1, ALTER b SET NOT NULL, ALTER c SET STATISTICS 1 | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ALTER a DROP NOT NULL | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ALTER a RESTART WITH 1 | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ALTER a SET GENERATED ALWAYS RESTART | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES o (b) | SCHEMA
            ALTER TABLE                     | ALTER TABLE t VALIDATE CONSTRAINT c | SCHEMA
            ALTER TABLE                     | ALTER TABLE t ALTER CONSTRAINT c DEFERRABLE | SCHEMA
            ALTER TABLE                     | ALTER TABLE t DROP CONSTRAINT c | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t DISABLE TRIGGER ALL | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ENABLE REPLICA TRIGGER a | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ENABLE RULE a | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t DISABLE ROW LEVEL SECURITY | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t NO FORCE ROW LEVEL SECURITY | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t FORCE ROW LEVEL SECURITY | ADMIN
            ALTER TABLE                     | ALTER TABLE t SET UNLOGGED | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t SET LOGGED | SCHEMA
            ALTER TABLE                     | ALTER TABLE t DETACH PARTITION p | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t NO INHERIT p | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t NOT OF | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1, 2) | SCHEMA
            ALTER TABLE                     | ALTER TABLE t INHERIT p | SCHEMA
            ALTER TABLE                     | ALTER TABLE t RENAME TO u | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t RENAME a TO b | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t SET SCHEMA s | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t OWNER TO a | ADMIN
            ALTER TABLE                     | ALTER TABLE t REPLICA IDENTITY FULL | ADMIN
            ALTER TABLE                     | ALTER TABLE t SET TABLESPACE a | ADMIN
            ALTER TABLE                     | ALTER TABLE t SET ACCESS METHOD a | ADMIN
            ALTER TABLE                     | ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b | ADMIN
            ALTER TABLE                     | ALTER TABLE t CLUSTER ON a | ADMIN
            ALTER TABLE                     | ALTER TABLE t SET (fillfactor = 70) | SCHEMA
            ALTER TABLE                     | ALTER TABLE t RESET (fillfactor) | SCHEMA
            ALTER TABLE                     | ALTER TABLE t MERGE PARTITIONS (a, b) INTO c | DESTRUCTIVE
            ALTER TABLE                     | ALTER TABLE t ADD a int, DROP b, OWNER TO c | DESTRUCTIVE
            ALTER TABLESPACE                | ALTER TABLESPACE a RENAME TO b | ADMIN
            ALTER TEXT SEARCH CONFIGURATION | ALTER TEXT SEARCH CONFIGURATION a ADD MAPPING FOR b WITH c | SCHEMA
            ALTER TEXT SEARCH CONFIGURATION | ALTER TEXT SEARCH CONFIGURATION a DROP MAPPING FOR b | DESTRUCTIVE
            ALTER TEXT SEARCH DICTIONARY    | ALTER TEXT SEARCH DICTIONARY a (b = c) | SCHEMA
            ALTER TRIGGER                   | ALTER TRIGGER a ON t RENAME TO b | SCHEMA
            ALTER TYPE                      | ALTER TYPE a ADD VALUE 'b' AFTER 'c' | SCHEMA
            ALTER TYPE                      | ALTER TYPE a ADD ATTRIBUTE b int | SCHEMA
            ALTER TYPE                      | ALTER TYPE a ADD ATTRIBUTE b int, DROP ATTRIBUTE c | DESTRUCTIVE
            ALTER TYPE                      | ALTER TYPE a RENAME VALUE 'b' TO 'c' | DESTRUCTIVE
            ALTER USER MAPPING              | ALTER USER MAPPING FOR a SERVER b OPTIONS (c 'd') | ADMIN
            ALTER VIEW                      | ALTER VIEW a ALTER COLUMN b SET DEFAULT 1 | SCHEMA
            ALTER VIEW                      | ALTER VIEW a RENAME TO b | DESTRUCTIVE
            ANALYZE                         | ANALYZE | WRITE
            BEGIN                           | BEGIN WORK | SESSION
            CALL                            | CALL p() | DESTRUCTIVE
            CHECKPOINT                      | CHECKPOINT | ADMIN
            CLOSE CURSOR                    | CLOSE a | SESSION
            CLOSE CURSOR ALL                | CLOSE ALL | SESSION
            CLUSTER                         | CLUSTER t USING i | ADMIN
            COMMENT                         | COMMENT ON COLUMN t.a IS 'x' | SCHEMA
            COMMIT                          | END | SESSION
            COMMIT PREPARED                 | COMMIT PREPARED 'a' | DESTRUCTIVE
            COPY                            | COPY t TO STDOUT | READ
            COPY FROM                       | COPY t FROM STDIN | WRITE
            CREATE ACCESS METHOD            | CREATE ACCESS METHOD a TYPE INDEX HANDLER f | ADMIN
            CREATE AGGREGATE                | CREATE OR REPLACE AGGREGATE a(int) (sfunc = f, stype = int) | CODE
            CREATE CAST                     | CREATE CAST (a AS b) WITH FUNCTION f(a) | CODE
            CREATE COLLATION                | CREATE COLLATION a FROM "C" | SCHEMA
            CREATE CONVERSION               | CREATE DEFAULT CONVERSION a FOR 'UTF8' TO 'LATIN1' FROM f | CODE
            CREATE DATABASE                 | CREATE DATABASE a | ADMIN
            CREATE DOMAIN                   | CREATE DOMAIN a AS int CHECK (value > 0) | SCHEMA
            CREATE DOMAIN                   | CREATE DOMAIN a AS int CHECK (evil(value)) | CODE
            CREATE EVENT TRIGGER            | CREATE EVENT TRIGGER a ON login EXECUTE FUNCTION f() | CODE
            CREATE EXTENSION                | CREATE EXTENSION IF NOT EXISTS dblink | CODE
            CREATE FOREIGN DATA WRAPPER     | CREATE FOREIGN DATA WRAPPER a | ADMIN
            CREATE FOREIGN TABLE            | CREATE FOREIGN TABLE a (b int) SERVER c | ADMIN
            CREATE FUNCTION                 | CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1' | CODE
            CREATE INDEX                    | CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t USING gin (lower(a)) WHERE b | SCHEMA
            CREATE LANGUAGE                 | CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE a HANDLER f | ADMIN
            CREATE MATERIALIZED VIEW        | CREATE MATERIALIZED VIEW v AS SELECT f() WITH NO DATA | SCHEMA
            CREATE OPERATOR                 | CREATE OPERATOR + (FUNCTION = f, LEFTARG = int) | CODE
            CREATE OPERATOR CLASS           | CREATE OPERATOR CLASS a FOR TYPE b USING btree AS OPERATOR 1 < | SCHEMA
            CREATE OPERATOR FAMILY          | CREATE OPERATOR FAMILY a USING btree | SCHEMA
            CREATE POLICY                   | CREATE POLICY p ON t USING (f(a)) | CODE
            CREATE PROCEDURE                | CREATE PROCEDURE p() LANGUAGE sql AS '' | CODE
            CREATE PUBLICATION              | CREATE PUBLICATION p FOR ALL TABLES | ADMIN
            CREATE ROLE                     | CREATE GROUP a | ADMIN
            CREATE RULE                     | CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING | CODE
            CREATE SCHEMA                   | CREATE SCHEMA IF NOT EXISTS a AUTHORIZATION b | SCHEMA
            CREATE SEQUENCE                 | CREATE SEQUENCE s | SCHEMA
            CREATE SERVER                   | CREATE SERVER a FOREIGN DATA WRAPPER b | ADMIN
            CREATE STATISTICS               | CREATE STATISTICS a ON b, c FROM t | SCHEMA
            CREATE SUBSCRIPTION             | CREATE SUBSCRIPTION a CONNECTION 'b' PUBLICATION c | ADMIN
            CREATE TABLE                    | CREATE UNLOGGED TABLE IF NOT EXISTS t (a int PRIMARY KEY DEFAULT nextval('s'), CHECK (f(a))) | SCHEMA
            CREATE TABLE                    | CREATE TABLE t PARTITION OF u FOR VALUES FROM (1) TO (2) | SCHEMA
            CREATE TABLE                    | CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED) | SCHEMA
            CREATE TABLE AS                 | CREATE TABLE t AS SELECT 1 | SCHEMA
            CREATE TABLESPACE               | CREATE TABLESPACE a LOCATION '/b' | ADMIN
            CREATE TEXT SEARCH CONFIGURATION| CREATE TEXT SEARCH CONFIGURATION a (COPY = b) | SCHEMA
            CREATE TEXT SEARCH DICTIONARY   | CREATE TEXT SEARCH DICTIONARY a (TEMPLATE = b) | SCHEMA
            CREATE TEXT SEARCH PARSER       | CREATE TEXT SEARCH PARSER a (START = b) | ADMIN
            CREATE TEXT SEARCH TEMPLATE     | CREATE TEXT SEARCH TEMPLATE a (LEXIZE = b) | ADMIN
            CREATE TRANSFORM                | CREATE OR REPLACE TRANSFORM FOR a LANGUAGE b (FROM SQL WITH FUNCTION f(internal)) | ADMIN
            CREATE TRIGGER                  | CREATE CONSTRAINT TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f() | CODE
            CREATE TYPE                     | CREATE TYPE a AS ENUM ('b') | SCHEMA
            CREATE USER MAPPING             | CREATE USER MAPPING IF NOT EXISTS FOR a SERVER b | ADMIN
            CREATE VIEW                     | CREATE RECURSIVE VIEW v (a) AS SELECT 1 UNION ALL SELECT a + 1 FROM v WITH CHECK OPTION | SCHEMA
            DEALLOCATE                      | DEALLOCATE a | SESSION
            DEALLOCATE ALL                  | DEALLOCATE ALL | SESSION
            DECLARE CURSOR                  | DECLARE a BINARY CURSOR FOR SELECT 1 | READ
            DELETE                          | DELETE FROM t WHERE a = 1 | WRITE
            DISCARD ALL                     | DISCARD ALL | SESSION
            DISCARD PLANS                   | DISCARD PLANS | SESSION
            DISCARD SEQUENCES               | DISCARD SEQUENCES | SESSION
            DISCARD TEMP                    | DISCARD TEMP | SESSION
            DO                              | DO LANGUAGE plpgsql 'BEGIN END' | DESTRUCTIVE
            DROP STATISTICS                 | DROP STATISTICS a | SCHEMA
            DROP ROLE                       | DROP USER a | DESTRUCTIVE
            EXECUTE                         | EXECUTE a(1) | READ
            EXPLAIN                         | EXPLAIN SELECT 1 | READ
            FETCH                           | FETCH 1 FROM a | READ
            GRANT                           | GRANT SELECT ON t TO a | ADMIN
            GRANT ROLE                      | GRANT a TO b | ADMIN
            IMPORT FOREIGN SCHEMA           | IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c | ADMIN
            INSERT                          | INSERT INTO t VALUES (1) | WRITE
            LISTEN                          | LISTEN a | SESSION
            LOAD                            | LOAD 'a' | ADMIN
            LOCK TABLE                      | LOCK t IN ROW EXCLUSIVE MODE | WRITE
            MERGE                           | MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DO NOTHING | WRITE
            MOVE                            | MOVE ALL IN a | READ
            NOTIFY                          | NOTIFY a | WRITE
            PREPARE                         | PREPARE a AS SELECT 1 | SESSION
            PREPARE TRANSACTION             | PREPARE TRANSACTION 'a' | DESTRUCTIVE
            REASSIGN OWNED                  | REASSIGN OWNED BY a TO b | ADMIN
            REFRESH MATERIALIZED VIEW       | REFRESH MATERIALIZED VIEW v | WRITE
            REINDEX                         | REINDEX TABLE t | ADMIN
            RELEASE                         | RELEASE a | SESSION
            RESET                           | RESET a | SESSION
            REVOKE                          | REVOKE ALL ON t FROM a | ADMIN
            REVOKE ROLE                     | REVOKE a FROM b | ADMIN
            ROLLBACK                        | ABORT | SESSION
            ROLLBACK PREPARED               | ROLLBACK PREPARED 'a' | DESTRUCTIVE
            SAVEPOINT                       | SAVEPOINT a | SESSION
            SECURITY LABEL                  | SECURITY LABEL ON TABLE t IS 'x' | ADMIN
            SELECT                          | SELECT 1 | READ
            SELECT FOR KEY SHARE            | SELECT 1 FROM t FOR KEY SHARE | WRITE
            SELECT FOR NO KEY UPDATE        | SELECT 1 FROM t FOR NO KEY UPDATE | WRITE
            SELECT FOR SHARE                | SELECT 1 FROM t FOR SHARE | WRITE
            SELECT FOR UPDATE               | SELECT 1 FROM t FOR UPDATE | WRITE
            SELECT INTO                     | SELECT 1 AS a INTO UNLOGGED t | SCHEMA
            SET                             | SET a = 1 | SESSION
            SET CONSTRAINTS                 | SET CONSTRAINTS ALL IMMEDIATE | SESSION
            SHOW                            | SHOW a | READ
            START TRANSACTION               | START TRANSACTION | SESSION
            TRUNCATE TABLE                  | TRUNCATE t | DESTRUCTIVE
            UNLISTEN                        | UNLISTEN * | SESSION
            UPDATE                          | UPDATE t SET a = 1 WHERE b = 2 | WRITE
            VACUUM                          | VACUUM (FULL) t | ADMIN
            UNPARSED                        | REPACK t | DESTRUCTIVE
            UNPARSED                        | CREATE PROPERTY GRAPH g | DESTRUCTIVE
            UNPARSED                        | SELCT 1 | DESTRUCTIVE
            DROP ACCESS METHOD              | DROP ACCESS METHOD a | DESTRUCTIVE
            DROP AGGREGATE                  | DROP AGGREGATE a(int) | DESTRUCTIVE
            DROP CAST                       | DROP CAST (a AS b) | DESTRUCTIVE
            DROP COLLATION                  | DROP COLLATION a | DESTRUCTIVE
            DROP CONVERSION                 | DROP CONVERSION a | DESTRUCTIVE
            DROP DATABASE                   | DROP DATABASE a WITH (FORCE) | DESTRUCTIVE
            DROP DOMAIN                     | DROP DOMAIN a | DESTRUCTIVE
            DROP EVENT TRIGGER              | DROP EVENT TRIGGER a | DESTRUCTIVE
            DROP EXTENSION                  | DROP EXTENSION a | DESTRUCTIVE
            DROP FOREIGN DATA WRAPPER       | DROP FOREIGN DATA WRAPPER a | DESTRUCTIVE
            DROP FOREIGN TABLE              | DROP FOREIGN TABLE a | DESTRUCTIVE
            DROP FUNCTION                   | DROP FUNCTION f(int) | DESTRUCTIVE
            DROP INDEX                      | DROP INDEX CONCURRENTLY IF EXISTS i | DESTRUCTIVE
            DROP LANGUAGE                   | DROP LANGUAGE a | DESTRUCTIVE
            DROP MATERIALIZED VIEW          | DROP MATERIALIZED VIEW a | DESTRUCTIVE
            DROP OPERATOR                   | DROP OPERATOR + (int, int) | DESTRUCTIVE
            DROP OPERATOR CLASS             | DROP OPERATOR CLASS a USING btree | DESTRUCTIVE
            DROP OPERATOR FAMILY            | DROP OPERATOR FAMILY a USING btree | DESTRUCTIVE
            DROP OWNED                      | DROP OWNED BY a | DESTRUCTIVE
            DROP POLICY                     | DROP POLICY p ON t | DESTRUCTIVE
            DROP PROCEDURE                  | DROP PROCEDURE p | DESTRUCTIVE
            DROP PUBLICATION                | DROP PUBLICATION p | DESTRUCTIVE
            DROP ROLE                       | DROP ROLE a | DESTRUCTIVE
            DROP ROUTINE                    | DROP ROUTINE p | DESTRUCTIVE
            DROP RULE                       | DROP RULE r ON t | DESTRUCTIVE
            DROP SCHEMA                     | DROP SCHEMA a CASCADE | DESTRUCTIVE
            DROP SEQUENCE                   | DROP SEQUENCE s | DESTRUCTIVE
            DROP SERVER                     | DROP SERVER a | DESTRUCTIVE
            DROP SUBSCRIPTION               | DROP SUBSCRIPTION a | DESTRUCTIVE
            DROP TABLE                      | DROP TABLE a, b.c | DESTRUCTIVE
            DROP TABLESPACE                 | DROP TABLESPACE a | DESTRUCTIVE
            DROP TEXT SEARCH CONFIGURATION  | DROP TEXT SEARCH CONFIGURATION a | DESTRUCTIVE
            DROP TEXT SEARCH DICTIONARY     | DROP TEXT SEARCH DICTIONARY a | DESTRUCTIVE
            DROP TEXT SEARCH PARSER         | DROP TEXT SEARCH PARSER a | DESTRUCTIVE
            DROP TEXT SEARCH TEMPLATE       | DROP TEXT SEARCH TEMPLATE a | DESTRUCTIVE
            DROP TRANSFORM                  | DROP TRANSFORM FOR a LANGUAGE b | DESTRUCTIVE
            DROP TRIGGER                    | DROP TRIGGER a ON t | DESTRUCTIVE
            DROP TYPE                       | DROP TYPE a | DESTRUCTIVE
            DROP USER MAPPING               | DROP USER MAPPING FOR a SERVER b | DESTRUCTIVE
            DROP VIEW                       | DROP VIEW a | DESTRUCTIVE
            """)
    void commandAndClass(String command, String sql, StatementClass expected) {
        StatementFacts facts = Sql.one(sql);
        assertThat(facts.command()).isEqualTo(command);
        assertThat(facts.statementClass()).as(facts.reason()).isEqualTo(expected);
        assertThat(facts.unparsed()).isEqualTo(command.equals("UNPARSED"));
    }
}
