package io.holdfast.proxy.catalog;

import static io.holdfast.proxy.statement.StatementClass.DESTRUCTIVE;
import static io.holdfast.proxy.statement.StatementClass.READ;
import static io.holdfast.proxy.statement.StatementClass.SCHEMA;
import static io.holdfast.proxy.statement.StatementClass.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import org.junit.jupiter.api.Test;

/** What a statement is once its names are looked up. */
class CatalogTest {
    private static final String EMPTIES = "DELETE FROM public.orders";

    private final Database database = new Database();

    @Test
    void whatAStableFunctionIsSaidToDoIsBelievedButNotVouchedFor() {
        database.stable("total", "plpgsql", "BEGIN RETURN (SELECT sum(n) FROM public.orders); END");
        StatementFacts facts = database.resolve("SELECT total()");
        assertThat(facts.statementClass()).isEqualTo(READ);
        assertThat(facts.opaque()).containsExactly(new RelationName(null, "total"));
    }

    @Test
    void aSqlBodySaysMoreThanTheWordVolatile() {
        database.function("total", "sql", "SELECT sum(n) FROM public.orders");
        database.table("orders");
        StatementFacts facts = database.resolve("SELECT total(), public.total()");
        assertThat(facts.statementClass()).isEqualTo(READ);
        assertThat(facts.reason()).isEqualTo("only reads");
        assertThat(facts.opaque()).isEmpty();
    }

    @Test
    void aBodyThatTheServerPrintsIsReadToo() {
        database.function("one", "sql", "BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND");
        database.function("two", "sql", "RETURN lower('X'::text)");
        assertThat(database.resolve("SELECT one(), two()").statementClass()).isEqualTo(READ);
    }

    @Test
    void whatABodyDestroysItsCallerDestroys() {
        database.function("empty_all", "sql", EMPTIES);
        database.stable("outer_one", "plpgsql", "BEGIN PERFORM public.empty_all(); RETURN 1; END");
        database.function("outermost", "sql", "SELECT public.outer_one()");
        StatementFacts facts = database.resolve("SELECT outermost()");
        assertThat(facts.statementClass()).isEqualTo(DESTRUCTIVE);
        assertThat(facts.reason())
                .isEqualTo("calls outermost, which calls public.outer_one, which calls public.empty_all, which"
                        + " deletes every row of public.orders: no WHERE");
    }

    @Test
    void dynamicSqlShowsHowItBegins() {
        database.function("clean", "plpgsql", "BEGIN EXECUTE 'TRUNCATE ' || quote_ident(t); END");
        assertThat(database.resolve("SELECT clean()").statementClass()).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void temporaryTablesOfAFunctionAreItsOwn() {
        database.function("report", "plpgsql", """
                DECLARE n int;
                BEGIN
                  DROP TABLE IF EXISTS work;
                  CREATE TEMP TABLE work AS SELECT * FROM public.orders;
                  DELETE FROM work;
                  SELECT count(*) INTO n FROM work;
                  RETURN n;
                END""");
        assertThat(database.resolve("SELECT report()").statementClass()).isEqualTo(WRITE);
    }

    @Test
    void whatNobodyCanReadMayWrite() {
        database.function("anything", "plpython3u", null);
        StatementFacts facts = database.resolve("SELECT anything()");
        assertThat(facts.statementClass()).isEqualTo(WRITE);
        assertThat(facts.opaque()).hasSize(1);
    }

    @Test
    void aBodyThatCallsItselfEndsTheSearch() {
        database.function("ping", "sql", "SELECT public.pong()");
        database.function("pong", "sql", "SELECT public.ping()");
        StatementFacts facts = database.resolve("SELECT ping()");
        assertThat(facts.statementClass()).isEqualTo(READ);
        assertThat(facts.opaque()).hasSize(1);
    }

    @Test
    void ofSeveralFunctionsOfANameTheWorstCounts() {
        database.function("lower", "sql", EMPTIES); // public.lower(varchar) beats pg_catalog.lower(text)
        assertThat(database.resolve("SELECT lower('x')").statementClass()).isEqualTo(DESTRUCTIVE);
        assertThat(database.resolve("SELECT pg_catalog.lower('x')").statementClass())
                .isEqualTo(READ);
    }

    @Test
    void extensionsAreTrustedInWhatTheySay() {
        database.function("similarity", "c", null, false, "pg_trgm");
        database.function("uuid_generate_v4", "c", null, true, "uuid-ossp");
        database.function("uuid_generate_v4_too", "c", null, true, "uuid-ossp");
        assertThat(database.resolve("SELECT similarity('a', 'b'), uuid_generate_v4()")
                        .opaque())
                .isEmpty();
        assertThat(database.resolve("SELECT uuid_generate_v4_too()").statementClass())
                .isEqualTo(WRITE);
    }

    @Test
    void readingAViewRunsItsQuery() {
        database.function("empty_all", "sql", EMPTIES);
        database.view("report", " SELECT public.empty_all() AS n;");
        database.view("harmless", " SELECT 1 AS n;");
        StatementFacts facts = database.resolve("COPY (SELECT * FROM report) TO STDOUT");
        assertThat(facts.statementClass()).isEqualTo(DESTRUCTIVE);
        assertThat(facts.reason()).startsWith("reads report, which calls public.empty_all");
        assertThat(database.resolve("SELECT * FROM harmless").statementClass()).isEqualTo(READ);
    }

    @Test
    void aMaterializedViewRunsItsQueryWhenItIsRefreshed() {
        database.function("empty_all", "sql", EMPTIES);
        database.materializedView("report", " SELECT public.empty_all() AS n;");
        assertThat(database.resolve("SELECT * FROM report").statementClass()).isEqualTo(READ);
        assertThat(database.resolve("REFRESH MATERIALIZED VIEW report").statementClass())
                .isEqualTo(DESTRUCTIVE);
    }

    @Test
    void noFollowerHasRowsOfAnUnloggedTable() {
        database.relation("counters", 'r', true);
        assertThat(database.resolve("SELECT * FROM counters").statementClass()).isEqualTo(WRITE);
        assertThat(database.resolve("SELECT * FROM counters").opaque()).isEmpty();
    }

    @Test
    void aPartitionOnAnotherServerCountsForTheWhole() {
        long parent = database.relation("events", 'p', false);
        database.child(parent, database.relation("events_2018", 'f', false));
        StatementFacts facts = database.resolve("SELECT * FROM events");
        assertThat(facts.statementClass()).isEqualTo(WRITE);
        assertThat(facts.opaque()).hasSize(1);
    }

    @Test
    void policiesRunWhenTheTableIsRead() {
        database.function("empty_all", "sql", EMPTIES);
        database.policy(database.table("guarded"), "(public.empty_all() = 1)");
        assertThat(database.resolve("SELECT * FROM guarded").statementClass()).isEqualTo(DESTRUCTIVE);
    }

    @Test
    void rulesBelongToTheStatementThatTheyRewrite() {
        database.rule(
                database.table("audit_log"),
                "CREATE RULE r AS\n    ON INSERT TO public.audit_log DO (SELECT 1;  DELETE FROM public.orders;);");
        database.rule(database.table("closed"), "CREATE RULE r AS\n    ON INSERT TO public.closed DO INSTEAD NOTHING;");
        assertThat(database.resolve("INSERT INTO audit_log VALUES (1)").statementClass())
                .isEqualTo(DESTRUCTIVE);
        assertThat(database.resolve("SELECT * FROM audit_log").statementClass()).isEqualTo(READ);
        assertThat(database.resolve("INSERT INTO closed VALUES (1)").statementClass())
                .isEqualTo(WRITE);
    }

    @Test
    void operatorsCastsDomainsAndRowFunctionsAreCallsWithoutParentheses() {
        long function = database.function("empty_all", "sql", EMPTIES);
        database.operator("###", function);
        database.cast("money_bag", function);
        database.domain("positive", "(public.empty_all() = VALUE)");
        database.aggregate("total", function);
        database.ofRow("full_name", EMPTIES);
        for (String sql : new String[] {
            "SELECT 1 ### 2",
            "SELECT ROW(1)::\"money_bag\"::int",
            "SELECT CAST(5 AS U&\"pos!0069tive\" UESCAPE '!')",
            "SELECT total(n) FROM orders",
            "SELECT o.full_name FROM orders o"
        }) {
            assertThat(database.resolve(sql).statementClass()).as(sql).isEqualTo(DESTRUCTIVE);
        }
        assertThat(database.resolve("SELECT 1 + 2, '###', 'full_name'").statementClass())
                .isEqualTo(READ);
    }

    @Test
    void preparingRunsNothingButIsTheLastTimeThatHiddenCallsAreSeen() {
        long function = database.function("empty_all", "sql", EMPTIES);
        assertThat(database.resolve("PREPARE p AS SELECT empty_all()").statementClass())
                .isLessThan(WRITE);
        database.operator("###", function);
        assertThat(database.resolve("PREPARE p AS SELECT 1 ### 2").statementClass())
                .isEqualTo(DESTRUCTIVE);
    }

    @Test
    void planningCallsOnlyWhatSaysItIsStable() {
        database.function("at_run_time", "sql", EMPTIES);
        database.stable("while_planning", "sql", EMPTIES);
        assertThat(database.resolve("EXPLAIN SELECT at_run_time()").statementClass())
                .isEqualTo(READ);
        assertThat(database.resolve("EXPLAIN SELECT while_planning()").statementClass())
                .isEqualTo(DESTRUCTIVE);
        assertThat(database.resolve("EXPLAIN ANALYZE SELECT at_run_time()").statementClass())
                .isEqualTo(DESTRUCTIVE);
    }

    @Test
    void storingAViewRunsNothing() {
        database.function("empty_all", "sql", EMPTIES);
        assertThat(database.resolve("CREATE VIEW v AS SELECT empty_all()").statementClass())
                .isEqualTo(SCHEMA);
    }

    @Test
    void anUnknownNameIsOpaqueUntilTheCatalogIsRead() {
        Catalog catalog = database.catalog();
        assertThat(Database.resolve(catalog, "SELECT f() FROM t", false).opaque())
                .hasSize(2);
        assertThat(Database.resolve(catalog, "SELECT f() FROM t", true).opaque())
                .isEmpty();
        assertThat(Database.resolve(catalog, "SELECT f() FROM t", true).statementClass())
                .isEqualTo(WRITE);
    }

    @Test
    void withoutACatalogEveryRelationMayBeAView() {
        StatementFacts facts = Database.resolve(Catalog.unknown(), "SELECT f() FROM t, pg_class", false);
        assertThat(facts.statementClass()).isEqualTo(WRITE);
        assertThat(facts.opaque()).containsExactly(new RelationName(null, "f"), new RelationName(null, "t"));
    }

    @Test
    void builtInsNeedNoCatalog() {
        StatementFacts facts =
                database.resolve("SELECT count(*), lower('x') FROM pg_catalog.pg_class, pg_stat_activity");
        assertThat(facts.statementClass()).isEqualTo(READ);
        assertThat(facts.opaque()).isEmpty();
    }
}
