package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpringFilesTest {
    private static final String MAIN = "src/main/resources/";
    private static final String LOCAL = """
            spring:
              application.name: shop
              datasource:
                url: jdbc:postgresql://${DB_HOST:localhost}:${DB_PORT:5432}/shop
                username: shop
                password: ${DB_PASSWORD:geheim}
                hikari.maximum-pool-size: 4
            """;

    @TempDir
    private Path folder;

    private Found project;

    @BeforeEach
    void empty() {
        project = new Found(folder);
    }

    @Test
    void theProfilesOfTestsAreJudgedAndThoseThatNobodyHasChosenAreNot() throws Exception {
        project.with(MAIN + "application.yml", LOCAL)
                .with(MAIN + "application-prod.yml", "spring.datasource.url: jdbc:postgresql://live.example.com/shop\n")
                .with(
                        "src/test/resources/application-test.yml",
                        "spring.datasource.url: jdbc:postgresql://db.example.com/shop\n");

        assertThat(project.lines())
                .containsExactly(
                        "src/main/resources/application.yml:spring.datasource.url postgres://shop:***@localhost:5432/shop",
                        "src/test/resources/application-test.yml:spring.datasource.url postgres://shop:***@db.example.com:5432/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "argument", "file"})
    void aChosenProfileCountsHoweverItIsChosen(String how) throws Exception {
        project.with(MAIN + "application.properties", """
                        spring.datasource.url=jdbc:postgresql://localhost/shop
                        spring.datasource.username=shop
                        """ + (how.equals("file") ? "spring.profiles.active=prod\n" : ""))
                .with(
                        MAIN + "application-prod.properties",
                        "spring.datasource.url=jdbc:postgresql://live.example.com/shop\n");
        if (how.equals("variable")) {
            project.set("SPRING_PROFILES_ACTIVE", "metrics, prod");
        }

        assertThat(
                        how.equals("argument")
                                ? project.lines("mvn", "verify", "-Dspring.profiles.active=prod")
                                : project.lines())
                .contains(
                        "src/main/resources/application-prod.properties:spring.datasource.url postgres://shop@live.example.com:5432/shop");
    }

    @Test
    void aFileOfTestsHidesTheOneOfTheSameName() throws Exception {
        project.with(MAIN + "application.properties", "spring.datasource.url=jdbc:postgresql://dev.example.com/shop\n")
                .with("src/test/resources/application.properties", "spring.datasource.url=jdbc:h2:mem:test\n");

        assertThat(project.lines())
                .containsExactly(
                        "src/test/resources/application.properties:spring.datasource.url passed over: it is for h2, not for PostgreSQL");
    }

    @Test
    void outerFilesWinAndPropertiesGoBeforeYaml() throws Exception {
        project.with(MAIN + "application.yml", LOCAL)
                .with(MAIN + "application.properties", "spring.datasource.url=jdbc:postgresql://a/shop\n")
                .with("config/application.yml", "spring: { datasource: { url: 'jdbc:postgresql://b/shop' } }\n");

        assertThat(project.lines())
                .containsExactly("config/application.yml:spring.datasource.url postgres://shop:***@b:5432/shop");
    }

    @Test
    void theEnvironmentGoesBeforeFilesAndTakesTheirLogin() throws Exception {
        project.with(MAIN + "application.yml", LOCAL)
                .set("SPRING_DATASOURCE_URL", "jdbc:postgresql://live.example.com/shop")
                .set("SPRING_DATASOURCE_PASSWORD", "other");

        assertThat(project.lines())
                .containsExactly("SPRING_DATASOURCE_URL postgres://shop:***@live.example.com:5432/shop");
        assertThat(project.all())
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Database.class,
                        found -> assertThat(found.target().password()).isEqualTo("other"));
    }

    @Test
    void placeholdersTakeWhatTheEnvironmentAndDotEnvFilesHave() throws Exception {
        project.with(MAIN + "application.yml", LOCAL)
                .with(".env", "DB_PORT=5433\n")
                .set("DB_HOST", "db.example.com");

        assertThat(project.lines())
                .contains(
                        "src/main/resources/application.yml:spring.datasource.url[with .env] postgres://shop:***@db.example.com:5433/shop",
                        "src/main/resources/application.yml:spring.datasource.url[without .env] postgres://shop:***@db.example.com:5432/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spring.r2dbc.url=r2dbc:postgresql://ana:geheim@db/shop | spring.r2dbc.url postgres://ana:***@db:5432/shop",
                "spring.flyway.url=jdbc:postgresql://db/shop | spring.flyway.url postgres://shop@db:5432/shop",
                "spring.liquibase.url=jdbc:postgresql://db/shop | spring.liquibase.url postgres://shop@db:5432/shop",
                "app.datasource.orders.jdbc-url=jdbc:postgresql://db/shop | app.datasource.orders.jdbc-url postgres://os@db:5432/shop",
                "spring.datasource.hikari.jdbcUrl=jdbc:postgresql://db/shop | spring.datasource.hikari.jdbcUrl postgres://shop@db:5432/shop",
                "datasources.default.url=jdbc:postgresql://db/shop | datasources.default.url postgres://os@db:5432/shop",
                "spring.datasource.url=jdbc:postgresql://${app.host}/x | spring.datasource.url postgres://shop@h:5432/x",
                "%test.quarkus.datasource.jdbc.url=jdbc:postgresql://db/q | %test.quarkus.datasource.jdbc.url postgres://os@db:5432/q",
            })
    void everyAddressIsFoundWhateverItsName(String line, String found) throws Exception {
        project.with(MAIN + "application.properties", "spring.datasource.username=shop\napp.host=h\n" + line + '\n');

        assertThat(project.lines()).contains("src/main/resources/application.properties:" + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${NO_SUCH_VARIABLE} | passed over: NO_SUCH_VARIABLE is not set, so it names no database",
                "jdbc:postgresql://${NO_HOST}/shop | passed over: NO_HOST is not set, so it names no database",
                "@database.url@ | a part of it is made by code, or filled in elsewhere, which is not done here",
                "jdbc:postgresql://@db.host@/shop | a part of it is made by code, or filled in elsewhere, which is not done here",
                "jdbc:postgresql://${dbHost}/shop | a part of it is made by code, or filled in elsewhere, which is not done here",
                "ENC(abcdef) | it is encrypted, so it cannot be asked what it is",
            })
    void whatIsNotThereAndWhatIsFilledInElsewhereAreNotTheSame(String value, String problem) throws Exception {
        project.with(MAIN + "application.properties", "spring.datasource.url=" + value + '\n');

        assertThat(project.lines())
                .containsExactly("src/main/resources/application.properties:spring.datasource.url " + problem);
    }

    @Test
    void testcontainersAndOtherProfilesOfQuarkusAreNobodysDatabases() throws Exception {
        project.with(MAIN + "application.properties", """
                spring.datasource.url=jdbc:tc:postgresql:18:///shop
                %prod.quarkus.datasource.jdbc.url=jdbc:postgresql://live.example.com/shop
                server.url=https://db.example.com
                """);

        assertThat(project.lines()).isEmpty();
    }

    @Test
    void documentsOfOneFileCountForTheirProfiles() throws Exception {
        project.with(MAIN + "application.yml", LOCAL + """
                ---
                spring:
                  config.activate.on-profile: [prod, staging]
                  datasource.url: jdbc:postgresql://live.example.com/shop
                ---
                spring.config.activate.on-profile: "test & !prod"
                spring.datasource.url: jdbc:postgresql://db.example.com/shop_test
                """);

        assertThat(project.lines())
                .containsExactly(
                        "src/main/resources/application.yml:spring.datasource.url postgres://shop:***@localhost:5432/shop",
                        "src/main/resources/application.yml:spring.datasource.url[test] postgres://shop:***@db.example.com:5432/shop_test");
    }

    @Test
    void profilesThatABuildFillsInMustBeSaidOtherwise() throws Exception {
        project.with(MAIN + "application.properties", "spring.profiles.active=@profile@\n")
                .with(
                        MAIN + "application-prod.properties",
                        "spring.datasource.url=jdbc:postgresql://live.example.com/shop\n");
        assertThat(project.lines())
                .containsExactly(
                        "application.yml spring.profiles.active is not known here; SPRING_PROFILES_ACTIVE says which profiles to judge");

        project.set("SPRING_PROFILES_ACTIVE", "prod");
        assertThat(project.lines())
                .containsExactly(
                        "src/main/resources/application-prod.properties:spring.datasource.url postgres://os@live.example.com:5432/shop");
    }

    @ParameterizedTest
    @CsvSource({
        "test,true",
        "!test,false",
        "prod,false",
        "'prod,test',true",
        "test & cloud,true",
        "(test | prod) & !cloud,false",
        "!(a | b) & test,true"
    })
    void profileExpressions(String expression, boolean holds) throws Exception {
        assertThat(ProfileExpression.holds(expression, java.util.List.of("test", "cloud")))
                .isEqualTo(holds);
    }

    @Test
    void modulesOfABuildAreLookedThrough() throws Exception {
        project.with("pom.xml", "<project/>")
                .with("shop/pom.xml", "<project/>")
                .with("shop/web/build.gradle", "")
                .with("shop/web/" + MAIN + "application.yml", LOCAL)
                .with("examples/" + MAIN + "application.yml", LOCAL);

        assertThat(project.lines())
                .containsExactly(
                        "shop/web/src/main/resources/application.yml:spring.datasource.url postgres://shop:***@localhost:5432/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application.yml | spring: [ | it is no valid YAML, line 2",
                "application.yml | spring.config.activate.on-profile: '(a' | a profile expression in it cannot be understood",
                "application.properties | a=\\u12 | it has a \\u that is not followed by four hexadecimal digits",
            })
    void aFileThatCannotBeReadIsSaidToBe(String name, String text, String problem) throws Exception {
        project.with(MAIN + name, text + '\n');

        assertThat(project.all()).singleElement().isInstanceOf(Finding.Unreadable.class);
        assertThat(project.lines().getFirst()).contains(MAIN + name + ": " + problem);
    }
}
