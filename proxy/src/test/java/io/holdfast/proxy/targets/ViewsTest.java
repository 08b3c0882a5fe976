package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds with {@code .env}, and what without it: nobody can see from outside whether a command loads it. */
class ViewsTest {
    private static final String RAILS = "config/database.yml";
    private static final String SPRING = "src/main/resources/application.yml";
    private static final String LIVE = "postgres://os@live.example.com:5432/shop";

    @TempDir
    private Path folder;

    private Found project;

    @BeforeEach
    void empty() {
        project = new Found(folder).set("RAILS_ENV", "test");
    }

    @Test
    void anAddressInDotEnvHidesNoHostOfRailsFile() throws Exception {
        project.with(RAILS, "test: { adapter: postgresql, host: live.example.com, database: shop }\n")
                .with(".env", "DATABASE_URL=postgres://ana@localhost/shop_test\n");

        assertThat(project.lines())
                .containsExactly(
                        ".env:DATABASE_URL postgres://ana@localhost:5432/shop_test",
                        "config/database.yml:test[without .env] " + LIVE);
    }

    @Test
    void aDotEnvThatLeadsToProductionIsFoundAsBefore() throws Exception {
        project.with(
                        RAILS,
                        "test: { adapter: postgresql, host: <%= ENV['DB_HOST'] || 'localhost' %>, database: shop }\n")
                .with(".env", "DB_HOST=live.example.com\n");

        assertThat(project.lines())
                .containsExactly(
                        ".env:DB_HOST postgres://os@live.example.com:5432/os",
                        "config/database.yml:test[with .env] " + LIVE,
                        "config/database.yml:test[without .env] postgres://os@localhost:5432/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config/database.yml | test: { url: <%= ENV['URL'] %> } | config/database.yml:test",
                "config/database.yml | test: { url: <%= ENV.fetch('URL') %> } | config/database.yml:test",
                "config/database.yml | test: <%= ENV['URL'] %> | config/database.yml:test",
                "src/main/resources/application.yml | spring.datasource.url: ${URL} | src/main/resources/application.yml:spring.datasource.url",
                "ormconfig.json | {\"type\": \"postgres\", \"url\": {\"ENV\": \"URL\"}} | ormconfig.json",
                "flyway.conf | flyway.url=${URL} | flyway.conf:flyway.url",
            })
    void aProjectWhoseOnlyAddressIsInDotEnvIsJudgedByItAndHasNoGap(String file, String text, String name)
            throws Exception {
        project.with(file, text + '\n').with(".env", "URL=postgres://os@live.example.com/shop\n");

        assertThat(project.lines()).containsExactly(".env:URL " + LIVE, name + "[with .env] " + LIVE);
    }

    @Test
    void aPropertyThatAVariableOfDotEnvSetsIsNotTakenForOneThatABuildFillsIn() throws Exception {
        project.with(SPRING, "spring.datasource.url: jdbc:postgresql://${shop.host}/shop\n")
                .with(".env", "SHOP_HOST=live.example.com\n");

        assertThat(project.lines()).containsExactly(SPRING + ":spring.datasource.url[with .env] " + LIVE);
    }

    @Test
    void whatNobodySetsIsAsItIsWithoutDotEnv() throws Exception {
        project.with(RAILS, "test: { url: <%= ENV['URL'] %> }\n")
                .with("flyway.conf", "flyway.url=${URL}\n")
                .with(".env", "OTHER=1\n");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml:test it has neither adapter nor url",
                        "flyway.conf:flyway.url passed over: URL is not set, so it names no database");
    }

    @Test
    void whatFallsBackToADefaultWithoutDotEnvIsFoundWithIt() throws Exception {
        project.with(SPRING, "spring.datasource.url: jdbc:postgresql://${DB_HOST:live.example.com}/shop\n")
                .with(".env", "DB_HOST=localhost\n");

        assertThat(project.lines())
                .containsExactly(
                        ".env:DB_HOST postgres://os@localhost:5432/os",
                        SPRING + ":spring.datasource.url[with .env] postgres://os@localhost:5432/shop",
                        SPRING + ":spring.datasource.url[without .env] " + LIVE);
    }

    @Test
    void whatOnlyAPartIsMissingOfLeadsToItsHostAllTheSame() throws Exception {
        project.with("flyway.conf", "flyway.url=jdbc:postgresql://live.example.com/${NAME_OF_DB}\n")
                .with(
                        "database.json",
                        "{\"test\": {\"driver\": \"pg\", \"host\": \"live.example.com\", \"database\": {\"ENV\": \"NAME_OF_DB\"}}}")
                .with(".env", "NAME_OF_DB=shop\n");

        assertThat(project.lines())
                .containsExactly(
                        "flyway.conf:flyway.url[with .env] " + LIVE,
                        "flyway.conf:flyway.url[without .env] postgres://os@live.example.com:5432/os",
                        "database.json:test[with .env] " + LIVE,
                        "database.json:test[without .env] postgres://os@live.example.com:5432/os");
    }

    @Test
    void aProfileThatDotEnvChoosesHidesNoneThatHoldsWithoutIt() throws Exception {
        project.with(SPRING, "spring.profiles.active: ${PROFILE:prod}\n")
                .with(
                        "src/main/resources/application-prod.yml",
                        "spring.datasource.url: jdbc:postgresql://live.example.com/shop\n")
                .with(
                        "src/main/resources/application-local.yml",
                        "spring.datasource.url: jdbc:postgresql://localhost/shop\n")
                .with(".env", "PROFILE=local\n");

        assertThat(project.lines())
                .containsExactly(
                        "src/main/resources/application-local.yml:spring.datasource.url[with .env] postgres://os@localhost:5432/shop",
                        "src/main/resources/application-prod.yml:spring.datasource.url[without .env] " + LIVE);
    }

    @Test
    void aProfileThatOnlyDotEnvHasIsNoneWithoutIt() throws Exception {
        project.with(
                        SPRING,
                        "spring: { profiles.active: '${PROFILE}', datasource.url: 'jdbc:postgresql://live.example.com/shop' }\n")
                .with("src/main/resources/application-test.yml", "spring.datasource.url: jdbc:h2:mem:test\n")
                .with(
                        "src/main/resources/application-local.yml",
                        "spring.datasource.url: jdbc:postgresql://localhost/shop\n")
                .with(".env", "PROFILE=local\n");

        assertThat(project.lines())
                .contains(
                        "src/main/resources/application-local.yml:spring.datasource.url[with .env] postgres://os@localhost:5432/shop",
                        SPRING + ":spring.datasource.url[without .env] " + LIVE);
    }

    @Test
    void anEnvironmentThatDotEnvChoosesIsJudgedToo() throws Exception {
        project.environment.remove("RAILS_ENV");
        project.with(RAILS, """
                        development: { adapter: postgresql, host: localhost, database: dev }
                        test: { adapter: postgresql, host: localhost, database: shop }
                        production: { adapter: postgresql, host: live.example.com, database: shop }
                        """).with(".env", "RAILS_ENV=production\n");

        assertThat(project.lines())
                .containsExactly(
                        "config/database.yml:production[with .env] " + LIVE,
                        "config/database.yml:test postgres://os@localhost:5432/shop",
                        "config/database.yml:development[without .env] postgres://os@localhost:5432/dev");
    }

    @Test
    void aDatabaseWhoseLoginAloneIsInDotEnvIsOneAndEitherLoginIsTried() throws Exception {
        project.with(RAILS, """
                        test: { adapter: postgresql, host: localhost, database: shop, username: ana, password: <%= ENV['SECRET'] %> }
                        """).with(".env", "SECRET=geheim\n");

        assertThat(project.lines()).containsExactly("config/database.yml:test postgres://ana:***@localhost:5432/shop");
        assertThat(project.all())
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Database.class,
                        database -> assertThat(database.others())
                                .extracting(Target::toString)
                                .containsExactly("postgres://ana@localhost:5432/shop"));
    }

    @Test
    void filesOfOneModeCountByThemselvesAndOverDotEnv() throws Exception {
        project.with(RAILS, """
                        test: { adapter: postgresql, host: <%= ENV['H'] %>, port: <%= ENV['P'] %>, database: shop }
                        """)
                .with(".env", "H=a\nP=1111\n")
                .with(".env.test", "P=2222\n")
                .with(".env.ci", "H=b\n");

        assertThat(project.lines())
                .as("with no .env.ci over .env.test, but as everything at once")
                .containsExactlyInAnyOrder(
                        "config/database.yml:test[with .env.test, .env.ci, .env] postgres://os@b:2222/shop",
                        "config/database.yml:test[without .env files] postgres://os@localhost:5432/shop",
                        "config/database.yml:test[with .env.test] postgres://os@localhost:2222/shop",
                        "config/database.yml:test[with .env.ci] postgres://os@b:5432/shop",
                        "config/database.yml:test[with .env] postgres://os@a:1111/shop",
                        "config/database.yml:test[with .env.test, .env] postgres://os@a:2222/shop",
                        "config/database.yml:test[with .env.ci, .env] postgres://os@b:1111/shop");
    }

    @Test
    void setsOfFilesAreThoseThatLibrariesLoadAndFew() {
        List<Path> files = List.of(
                Path.of(".env.test.local"),
                Path.of(".env.test"),
                Path.of(".env.ci"),
                Path.of(".env.local"),
                Path.of(".env"));

        assertThat(EnvLayers.of(files.subList(4, 5))).containsExactly(List.of(), files.subList(4, 5));
        assertThat(EnvLayers.of(files))
                .contains(
                        List.of(files.get(0), files.get(1), files.get(4)),
                        List.of(files.get(3), files.get(4)),
                        List.of(files.get(0), files.get(1), files.get(3), files.get(4)),
                        files)
                .doesNotContain(List.of(files.get(1), files.get(2)))
                .hasSizeLessThanOrEqualTo(3 * files.size() + 4);
    }

    @Test
    void theEnvironmentsOwnVariablesAreCompletedInEachWay() throws Exception {
        project.with(".env", "DB_PORT=6543\nDB_CONNECTION=mysql\nPGPORT=7654\n")
                .set("DB_HOST", "localhost")
                .set("DATABASE_URL", "postgres:///shop?host=localhost")
                .set("PGHOST", "localhost");

        assertThat(project.lines())
                .contains(
                        "DB_HOST[with .env] passed over: it is not for PostgreSQL: DB_CONNECTION says mysql",
                        "DB_HOST[without .env] postgres://os@localhost:5432/os",
                        "DATABASE_URL[with .env] postgres://os@localhost:7654/shop",
                        "DATABASE_URL[without .env] postgres://os@localhost:5432/shop",
                        "PGHOST[with .env] postgres://os@localhost:7654/os",
                        "PGHOST[without .env] postgres://os@localhost:5432/os");
    }

    @Test
    void aFilesOwnVariablesAreCompletedByThoseBeneathIt() throws Exception {
        project.with(".env.test", "DB_HOST=localhost\nDB_NAME=shop\n").with(".env", "DB_PORT=6543\n");

        assertThat(project.lines())
                .containsExactly(
                        ".env.test:DB_HOST postgres://os@localhost:5432/shop",
                        ".env.test:DB_HOST[with .env] postgres://os@localhost:6543/shop");
    }

    @Test
    void aReferenceIsFollowedIntoOtherFilesAndToLaterLines() throws Exception {
        project.with(".env.test", "A_URL=postgres://os@${HOST}/shop\nB_URL=postgres://os@${LATER}/shop\nLATER=b\n")
                .with(".env", "HOST=live.example.com\nC_URL=postgres://os@c/${SHOP}\n")
                .with(".env.test.local", "SHOP=reports\n");

        assertThat(project.lines())
                .contains(
                        ".env.test:A_URL[with .env.test.local, .env] " + LIVE,
                        ".env.test:A_URL passed over: HOST is not set, so it names no database",
                        ".env.test:B_URL postgres://os@b:5432/shop",
                        ".env:C_URL[with .env.test.local, .env.test] postgres://os@c:5432/reports");
    }

    @Test
    void aServiceFileThatDotEnvNamesIsLookedInAndLibpqWouldStopWithoutIt() throws Exception {
        Path services = folder.resolve("services");
        project.with("services", "[shop]\nhost=live.example.com\ndbname=shop\n")
                .with(RAILS, "test: { adapter: postgresql, service: shop }\n")
                .with(".env", "PGSERVICEFILE=" + services + '\n');

        assertThat(project.lines()).containsExactly("config/database.yml:test[with .env] " + LIVE);
    }

    @Test
    void whatTheEnvironmentHasItselfDoesNotDependOnDotEnv() throws Exception {
        project.with(RAILS, "test: { adapter: postgresql, host: live.example.com, database: shop }\n")
                .with(".env", "DATABASE_URL=postgres://ana@localhost/shop_test\n")
                .set("DATABASE_URL", "postgres://ana@localhost/shop_test");

        assertThat(project.lines()).containsExactly("DATABASE_URL postgres://ana@localhost:5432/shop_test");
    }

    @Test
    void withoutFilesOfVariablesOrOfTheProjectThereIsNothingToTellApart() throws Exception {
        project.with(RAILS, "test: { adapter: postgresql, host: live.example.com, database: shop }\n")
                .with(".env", "DATABASE_URL=postgres://ana@localhost/shop_test\n");
        Map<String, String> environment = project.environment;

        assertThat(Finder.find(new Surroundings(environment, folder, List.of(), List.of()), true))
                .extracting(Found::line)
                .containsExactly("config/database.yml:test " + LIVE);
        assertThat(Finder.find(
                        new Surroundings(environment, folder, Finder.files(folder, environment), List.of()), false))
                .extracting(Found::line)
                .containsExactly(".env:DATABASE_URL postgres://ana@localhost:5432/shop_test");
    }

    @Test
    void aNameAloneMeansWhatHoldsWithAllFiles() throws Exception {
        project.with(SPRING, "spring.datasource.url: jdbc:postgresql://${DB_PORT:live}/shop\n")
                .with(".env", "DB_PORT=localhost\n");
        String name = SPRING + ":spring.datasource.url";
        List<Finding> found = project.all();

        assertThat(found).extracting(one -> one.isCalled(name)).containsExactly(true, false);
        assertThat(found)
                .extracting(one -> one.isCalled(name + "[without .env]"))
                .containsExactly(false, true);
        assertThat(found).extracting(one -> one.isCalled(name + "[with .env]")).containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config/database.yml | test: { adapter: postgresql, host: a } | true",
                "config/database.yml | test: { adapter: postgresql, host: a, password: <%= ENV['NO'] %> } | true",
                "config/database.yml | test: { adapter: postgresql, host: a, password: <%= Secrets.password %> } | false",
                "config/database.yml | test: { adapter: postgresql, host: 'a,b' } | false",
                "config/database.yml | test: { url: 'postgres://a/shop' } | true",
                "flyway.conf | flyway.url=jdbc:postgresql://a/shop | false",
                "alembic.ini | [alembic]#sqlalchemy.url=postgresql://a/shop | false",
                ".env | DB_HOST=a#DB_SECRET=x | false",
                ".env | DB_HOST=a#DB_PASSWORD=x | true",
                ".env | DATABASE_URL=postgres://ana@a/shop | false",
                ".env | DATABASE_URL=postgres://ana:x@a/shop | true",
                "flyway.conf | flyway.url=jdbc:postgresql://a/shop#flyway.password=x | true",
                "flyway.conf | flyway.url=jdbc:postgresql://a/shop#flyway.password=${NO} | true",
                "flyway.conf | flyway.url=jdbc:postgresql://a/shop#flyway.password=ENC(x) | false",
                "flyway.conf | flyway.url=jdbc:postgresql://a/shop#flyway.password=@x@ | false",
            })
    void aPasswordThatCodeMakesOrThatMayComeFromElsewhereIsNotKnown(String file, String text, boolean known)
            throws Exception {
        project.with(file, text.replace('#', '\n') + '\n');

        assertThat(project.all())
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Database.class,
                        found -> assertThat(found.target().loginKnown()).isEqualTo(known));
    }
}
