package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://ana:geheim@db.example.com/shop | postgres://ana:***@db.example.com:5432/shop",
                "postgresql://ana@[::1]:5433/shop?sslmode=require | postgres://ana@[::1]:5433/shop?sslmode=require",
                "postgres://ana:p%40ss%2Fword@a:1,b:2/shop_test | postgres://ana:***@a:1,b:2/shop_test",
                "postgres://ana:pass@word@db/shop | postgres://ana:***@db:5432/shop",
                "postgresql+psycopg2://ana:geheim@db/shop | postgres://ana:***@db:5432/shop",
                "postgis://ana:geheim@db/shop | postgres://ana:***@db:5432/shop",
                "postgres:///shop?host=/var/run/pg&user=ana&port=5433 | postgres://ana@/var/run/pg/.s.PGSQL.5433/shop",
                "postgres://ana@%2Fvar%2Frun%2Fpg/shop | postgres://ana@/var/run/pg/.s.PGSQL.5432/shop",
                "postgres://ana@db/shop?hostaddr=10.0.0.7 | postgres://ana@10.0.0.7:5432/shop",
                "postgres://ana@localhost/shop?host=db.example.com | postgres://ana@db.example.com:5432/shop",
                "postgres://ana@db/shop?sslmode=no-verify | postgres://ana@db:5432/shop?sslmode=require",
                "jdbc:postgresql://db:5433/shop?user=ana&password=geheim | postgres://ana:***@db:5433/shop",
                "jdbc:postgresql://a,b:5433/shop?user=ana | postgres://ana@a:5432,b:5433/shop",
                "jdbc:postgresql:shop?user=ana | postgres://ana@localhost:5432/shop",
                "jdbc:p6spy:postgresql://db/shop?user=ana | postgres://ana@db:5432/shop",
                "jdbc:aws-wrapper:postgresql://db/shop?user=ana | postgres://ana@db:5432/shop",
                "ecto://ana:geheim@db/shop | postgres://ana:***@db:5432/shop",
                "pdo-pgsql://ana:geheim@db/shop | postgres://ana:***@db:5432/shop",
                "r2dbc:pool:postgresql://ana:geheim@db/shop | postgres://ana:***@db:5432/shop",
                "'  postgres://ana@db/shop ' | postgres://ana@db:5432/shop",
            })
    void addressesAreReadAsDriversReadThemAndShownWithoutSecrets(String url, String shown) {
        assertThat(find(Map.of("ANY_NAME", url))).containsExactly("ANY_NAME " + shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://db.example.com/postgres:5432",
                "jdbc:tc:postgresql:15:///shop",
                "production",
                "",
            })
    void whatIsNoPostgresDatabaseIsNotFound(String value) {
        assertThat(find(Map.of("DATABASE_URL", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://root:geheim@db/shop", "sqlite3:db/test.sqlite3", "jdbc:mysql://db/shop"})
    void anotherProductsDatabaseIsSaidNotToBeLookedAt(String value) {
        assertThat(all(Map.of("DATABASE_URL", value)))
                .singleElement()
                .isInstanceOf(Finding.PassedOver.class)
                .asString()
                .contains("not for PostgreSQL")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres:18", "postgres:16@sha256:0123abcd", "postgis:17-3.5", "pg:*"})
    void namesOfImagesAreNoAddresses(String value) {
        assertThat(find(Map.of("POSTGRES_IMAGE", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ana:geheim@db:port/shop",
                "postgres://ana:1/geheim@db/shop",
                "postgres://ana:gehe?im@db/shop",
                "postgres://ana:geheim@db:99999/shop",
                "postgres://ana:geheim@[::1/shop",
                "postgres://ana:%zz@db/shop",
                "postgres:ana:geheim@db/shop",
                "postgres://ana:geheim@/shop?host=@abstract",
                "prisma+postgres://accelerate.example.com/?api_key=geheim",
            })
    void whatLooksLikeOneAndCannotBeReadIsAProblemThatShowsNoSecret(String url) {
        List<Finding> found = all(Map.of("DATABASE_URL", url));

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding).isInstanceOf(Finding.Unreadable.class);
            assertThat(finding.toString()).doesNotContain("geheim");
            assertThat(finding.shown()).doesNotContain("geheim");
        });
    }

    @Test
    void libpqsVariablesNameOneTarget() {
        assertThat(find(Map.of(
                        "PGHOST", "a,b",
                        "PGPORT", "5433",
                        "PGUSER", "ana",
                        "PGPASSWORD", "geheim",
                        "PGDATABASE", "shop",
                        "PGSSLMODE", "require")))
                .containsExactly("PGHOST postgres://ana:***@a:5433,b:5433/shop?sslmode=require");
        assertThat(find(Map.of("PGHOSTADDR", "10.0.0.7", "PGUSER", "ana")))
                .containsExactly("PGHOSTADDR postgres://ana@10.0.0.7:5432/ana");
        assertThat(find(Map.of("PGPASSWORD", "geheim", "PGUSER", "ana"))).isEmpty();
    }

    @Test
    void whatAnAddressLeavesOpenLibpqTakesFromItsVariablesAndTheJvmDoesNot() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "DATABASE_URL", "postgres:///shop",
                "PGHOST", "db.example.com",
                "PGUSER", "ana"));
        assertThat(find(environment)).contains("DATABASE_URL postgres://ana@db.example.com:5432/shop");

        environment.put("DATABASE_URL", "jdbc:postgresql:///shop?user=bo");
        assertThat(find(environment)).contains("DATABASE_URL postgres://bo@localhost:5432/shop");
    }

    @Test
    void aServiceIsLookedUpInItsFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("services"),
                "# all\n[other]\nhost=wrong\n[shop]\nhost = db.example.com\nport=5433\ndbname=shop\nuser=ana\npassword=geheim\n");
        Map<String, String> environment = Map.of("PGSERVICE", "shop", "PGSERVICEFILE", file.toString());

        assertThat(find(environment)).containsExactly("PGSERVICE postgres://ana:***@db.example.com:5433/shop");
        assertThat(find(Map.of("PGSERVICE", "nowhere", "PGSERVICEFILE", file.toString())))
                .singleElement()
                .asString()
                .startsWith("PGSERVICE service \"nowhere\" is in none of [");
        assertThat(find(Map.of(
                        "PGSERVICE",
                        "shop",
                        "HOME",
                        home("[shop]\nhost=inhome\nuser=ana\ndbname=x\n").toString())))
                .containsExactly("PGSERVICE postgres://ana@inhome:5432/x");
    }

    private Path home(String services) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve(".pg_service.conf"), services);
        return home;
    }

    @Test
    void aPasswordComesFromThePasswordFileIfNothingElseHasIt() throws Exception {
        Path file = Files.writeString(folder.resolve("pass"), "*:*:other:*:no\ndb:5432:*:ana:ge\\:heim\n");
        Finding found = all(Map.of("DATABASE_URL", "postgres://ana@db/shop", "PGPASSFILE", file.toString()))
                .getFirst();

        assertThat(found)
                .isInstanceOfSatisfying(
                        Finding.Database.class,
                        database -> assertThat(database.target().password()).isEqualTo("ge:heim"));
    }

    @Test
    void springAndFlywaySayTheLoginBesideTheAddress() {
        assertThat(find(Map.of(
                        "SPRING_DATASOURCE_URL", "jdbc:postgresql://db/shop",
                        "SPRING_DATASOURCE_USERNAME", "ana",
                        "SPRING_DATASOURCE_PASSWORD", "geheim",
                        "FLYWAY_URL", "jdbc:postgresql://db/shop",
                        "FLYWAY_USER", "bo",
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/shop",
                        "QUARKUS_DATASOURCE_USERNAME", "cy")))
                .containsExactly(
                        "FLYWAY_URL postgres://bo@db:5432/shop",
                        "QUARKUS_DATASOURCE_JDBC_URL postgres://cy@db:5432/shop",
                        "SPRING_DATASOURCE_URL postgres://ana:***@db:5432/shop");
    }

    @Test
    void theOtherFormOfConnectionStringsIsRead() {
        assertThat(find(Map.of("SHOP_DSN", "host=db port=5433 user=ana password='ge heim' dbname=shop")))
                .containsExactly("SHOP_DSN postgres://ana:***@db:5433/shop");
    }

    @Test
    void filesOfVariablesAreLookedThroughUpToTheRepository() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("repository/app"));
        Files.createDirectory(folder.resolve("repository/.git"));
        Files.writeString(folder.resolve(".env"), "DATABASE_URL=postgres://ana@outside/shop\n");
        Files.writeString(folder.resolve("repository/.env"), """
                # the team's
                DB_HOST=db.example.com
                export DATABASE_URL="postgres://ana:${DB_PASSWORD:-geheim}@${DB_HOST}/shop" # all
                """);
        Files.writeString(inner.resolve(".env.test"), "REPORTS_DATABASE_URL='postgres://ana@localhost/reports_test'\n");
        Files.writeString(inner.resolve(".env.production"), "DATABASE_URL=postgres://ana@live/shop\n");

        assertThat(Finder.find(
                        new Surroundings(Map.of("USER", "os"), inner, Finder.files(inner, Map.of()), List.of()), false))
                .extracting(finding -> finding.name() + ' ' + finding.shown())
                .containsExactly(
                        ".env.test:REPORTS_DATABASE_URL postgres://ana@localhost:5432/reports_test",
                        "../.env:DATABASE_URL postgres://ana:***@db.example.com:5432/shop",
                        "../.env:DB_HOST postgres://os@db.example.com:5432/os");
    }

    @Test
    void whatAFileRepeatsIsFoundOnceAndWhatItContradictsTwice() throws Exception {
        Path file = Files.writeString(
                folder.resolve(".env"), "A_URL=postgres://ana@one/shop\nB_URL=postgres://ana@two/shop\n");
        Map<String, String> environment =
                Map.of("A_URL", "postgres://ana@one/shop", "B_URL", "postgres://ana@localhost/shop");

        assertThat(Finder.find(new Surroundings(environment, folder, List.of(file), List.of()), false))
                .extracting(Finding::name)
                .containsExactly("A_URL", "B_URL", ".env:B_URL");
    }

    private List<String> find(Map<String, String> environment) {
        return all(environment).stream().map(Found::line).toList();
    }

    private List<Finding> all(Map<String, String> environment) {
        return Finder.find(new Surroundings(environment, folder, List.of(), List.of()), false);
    }
}
