package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RailsFileTest {
    private static final String FILE = "config/database.yml";

    /** As {@code rails new -d postgresql} writes it, and a team goes on. */
    private static final String NEW = """
            # PostgreSQL. Versions 9.3 and up are supported.
            default: &default
              adapter: postgresql
              encoding: unicode
              # For details on connection pooling, see Rails configuration guide
              max_connections: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>
              host: <%= ENV["DB_SERVER_NAME"].presence || "localhost" %>
              username: <%= ENV.fetch("SHOP_USER", "shop") %>
              password: <%= ENV["SHOP_DATABASE_PASSWORD"] %>

            development:
              <<: *default
              database: shop_development

            # Warning: The database defined as "test" will be erased and
            # re-generated from your development database when you run "rake".
            test:
              <<: *default
              database: shop_test<%= ENV["TEST_ENV_NUMBER"] %>

            production:
              primary: &primary_production
                <<: *default
                host: db.example.com
                database: shop_production
                password: <%= Rails.application.credentials.dig(:db, :password) %>
              cache:
                <<: *primary_production
                database: shop_production_cache
                migrations_paths: db/cache_migrate
            """;

    @TempDir
    private Path folder;

    private Found project;

    @BeforeEach
    void empty() {
        project = new Found(folder);
    }

    @Test
    void aNewProjectHasItsDevelopmentAndItsTestsAndProductionIsLeftAlone() throws Exception {
        project.with(FILE, NEW).set("SHOP_DATABASE_PASSWORD", "geheim").set("TEST_ENV_NUMBER", "2");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml:development postgres://shop:***@localhost:5432/shop_development",
                        "config/database.yml:test postgres://shop:***@localhost:5432/shop_test2");
    }

    @Test
    void theEnvironmentThatAppliesIsJudgedWhicheverItIsAndAllOfItsDatabases() throws Exception {
        project.with(FILE, NEW).set("RAILS_ENV", "production");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml:production postgres://shop@db.example.com:5432/shop_production",
                        "config/database.yml:production.cache postgres://shop@db.example.com:5432/shop_production_cache",
                        "config/database.yml:test postgres://shop@localhost:5432/shop_test");
    }

    @Test
    void variablesOfDotEnvFilesAreSeenByTheFile() throws Exception {
        project.with(FILE, NEW).with(".env", "DB_SERVER_NAME=db.example.com\n").set("RAILS_ENV", "test");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml:test[with .env] postgres://shop@db.example.com:5432/shop_test",
                        "config/database.yml:test[without .env] postgres://shop@localhost:5432/shop_test");
    }

    @Test
    void databaseUrlGoesBeforeTheFileAndTakesItsLogin() throws Exception {
        project.with(FILE, NEW)
                .set("SHOP_DATABASE_PASSWORD", "geheim")
                .set("DATABASE_URL", "postgres://db.example.com/shop_live");

        assertThat(project.lines()).containsExactly("DATABASE_URL postgres://shop:***@db.example.com:5432/shop_live");
    }

    @Test
    void whatDatabaseUrlLeavesOpenComesFromTheFile() throws Exception {
        project.with(FILE, NEW).set("RAILS_ENV", "test").set("DATABASE_URL", "postgres:///other");

        assertThat(project.lines()).contains("config/database.yml:test postgres://shop@localhost:5432/other");
    }

    @Test
    void severalDatabasesEachHaveTheirVariable() throws Exception {
        project.with(FILE, """
                        test:
                          primary: { adapter: postgresql, host: localhost, database: a }
                          reports: { adapter: postgis, host: localhost, database: b, replica: true }
                          queue: { adapter: sqlite3, database: storage/queue.sqlite3 }
                        """)
                .set("RAILS_ENV", "test")
                .set("REPORTS_DATABASE_URL", "postgres://bo@live.example.com/b");

        assertThat(project.lines())
                .containsExactly(
                        "REPORTS_DATABASE_URL postgres://bo@live.example.com:5432/b",
                        "config/database.yml:test postgres://os@localhost:5432/a",
                        "config/database.yml:test.queue passed over: it is not for PostgreSQL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ url: 'postgres://ana:geheim@db.example.com/shop' } | postgres://ana:***@db.example.com:5432/shop",
                "postgres://ana:geheim@db.example.com/shop | postgres://ana:***@db.example.com:5432/shop",
                "{ url: '<%= ENV[\"LIVE\"] %>', pool: 5 } | postgres://live@db:5432/shop",
                "{ adapter: postgresql, url: 'postgresql:///shop', host: db9, username: bo } | postgres://bo@db9:5432/shop",
                "{ adapter: postgresql, host: <%= ENV.fetch('NO', ENV['HOST_B']) %>, database: x } | postgres://os@b:5432/x",
                "{ adapter: postgresql, host: a, database: shop_<%= Rails.env %> } | postgres://os@a:5432/shop_test",
                "{ adapter: postgresql, host: a, database: x, sslmode: require } | postgres://os@a:5432/x?sslmode=require",
            })
    void oneConfiguration(String yaml, String shown) throws Exception {
        project.with(FILE, "test: " + yaml + '\n')
                .set("RAILS_ENV", "test")
                .set("LIVE", "postgres://live@db/shop")
                .set("HOST_B", "b");

        assertThat(project.lines()).contains("config/database.yml:test " + shown);
    }

    @Test
    void rubysMergeKeysReplaceWhatStandsAboveThem() throws Exception {
        project.with(FILE, """
                        live: &live { adapter: postgresql, host: db.example.com, database: shop }
                        test:
                          host: localhost
                          <<: *live
                        """).set("RAILS_ENV", "test");

        assertThat(project.lines()).containsExactly("config/database.yml:test postgres://os@db.example.com:5432/shop");
    }

    @Test
    void whatAllEnvironmentsShareIsAddedToEach() throws Exception {
        project.with(FILE, "shared: { adapter: postgresql, host: db.example.com }\ntest: { database: shop_test }\n")
                .set("RAILS_ENV", "test");

        assertThat(project.lines())
                .containsExactly("config/database.yml:test postgres://os@db.example.com:5432/shop_test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host: <%= Rails.application.credentials.db[:host] %>",
                "host: <%= `hostname` %>",
                "host: <%= ENV['A'] + '.example.com' %>",
                "database: <%= \"#{ENV['A']}_test\" %>",
                "port: <%= Resolver.new.port %>",
                "url: <%= Secrets.url %>",
            })
    void whatOnlyRubyKnowsIsNotPassedOver(String line) throws Exception {
        project.with(FILE, "test:\n  adapter: postgresql\n  " + line + '\n')
                .set("RAILS_ENV", "test")
                .set("A", "a");

        assertThat(project.all()).singleElement().isInstanceOf(Finding.Unreadable.class);
    }

    @Test
    void codeAroundPartsOfTheFileMakesAllOfItUnknown() throws Exception {
        project.with(FILE, "default: &d\n  adapter: postgresql\n<% if ENV['CI'] %>\ntest: { <<: *d }\n<% end %>\n");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml there is Ruby code in line 3, which is not run here, so what is in it is not known");
    }

    @Test
    void aVariableThatRailsItselfWouldMissNamesNoDatabase() throws Exception {
        project.with(FILE, "test: { adapter: postgresql, host: '<%= ENV.fetch(\"NOWHERE\") %>' }\n")
                .set("RAILS_ENV", "test");

        assertThat(project.lines())
                .containsExactly("config/database.yml:test passed over: NOWHERE is not set, so it names no database");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test: { host: [ | it is no valid YAML, line 2",
                "- a list | it is no mapping of environments",
                "test: { host: localhost } | it has neither adapter nor url",
                "test: { adapter: fancydb, host: x } | its adapter is not known, so it cannot be asked what it is",
                "test: *nobody | it is no valid YAML: an alias of nothing",
            })
    void aFileThatCannotBeReadIsSaidToBeWithoutItsContents(String yaml, String problem) throws Exception {
        project.with(FILE, yaml + '\n').set("RAILS_ENV", "test");

        assertThat(project.all()).singleElement().isInstanceOf(Finding.Unreadable.class);
        assertThat(project.lines().getFirst()).endsWith(problem);
    }

    @Test
    void aFileThatIsTooLongOrNestedTooDeepOrNoFileIsNotReadToItsEnd() throws Exception {
        project.with(FILE, "test: {}\n" + "# filler\n".repeat(TextFile.LONGEST / 9 + 1));
        assertThat(project.lines()).containsExactly("config/database.yml it is longer than 1 MiB");

        project.with(FILE, "test: " + "[".repeat(100_000));
        assertThat(project.lines()).containsExactly("config/database.yml it is nested too deep, or too long");

        Path file = folder.resolve(FILE);
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(project.lines()).containsExactly("config/database.yml it is no regular file");
    }

    @Test
    void aliasesThatGrowWithoutEndAreNotFollowedToIt() throws Exception {
        StringBuilder yaml = new StringBuilder("a0: &a0 { k: v }\n");
        for (int i = 1; i < 300; i++) {
            yaml.append(
                    "a%d: &a%d { <<: [ *a%d%s ], k%d: v }\n".formatted(i, i, i - 1, (", *a" + (i - 1)).repeat(30), i));
        }
        project.with(FILE, yaml + "test: { adapter: postgresql }\n");

        assertThat(project.lines()).containsExactly("config/database.yml it is nested too deep, or too long");
    }

    @Test
    void aLinkIsFollowedAndSubfoldersOfTheRepositoryFindTheFileAboveThem() throws Exception {
        Files.createDirectories(folder.resolve(".git"));
        Path shared = Files.writeString(
                folder.resolve("shared.yml"), "test: { adapter: postgresql, host: a, database: x }\n");
        Files.createDirectory(folder.resolve("config"));
        Files.createSymbolicLink(folder.resolve(FILE), shared);
        Path inner = Files.createDirectories(folder.resolve("app/models"));

        assertThat(new Found(inner).set("RAILS_ENV", "test").lines())
                .isEqualTo(List.of("../../config/database.yml:test postgres://os@a:5432/x"));
    }
}
