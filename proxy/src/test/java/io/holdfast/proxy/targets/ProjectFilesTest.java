package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of Flyway, Liquibase, Hibernate, Alembic, Prisma, Sequelize, TypeORM, Knex, and what a command is called with. */
class ProjectFilesTest {
    @TempDir
    private Path folder;

    private Found project;

    @BeforeEach
    void empty() {
        project = new Found(folder);
    }

    @Test
    void flywayAndLiquibaseAndHibernate() throws Exception {
        project.with("flyway.conf", "flyway.url=jdbc:postgresql://${DB}/a\nflyway.user=ana\nflyway.password=geheim\n")
                .with("liquibase.properties", "changeLogFile=c.xml\nurl: jdbc:postgresql://b/b\nusername: bo\n")
                .with(
                        "src/test/resources/hibernate.properties",
                        "hibernate.connection.url=jdbc:postgresql://c/c\nhibernate.connection.username=cy\n")
                .set("DB", "a.example.com");

        assertThat(project.lines())
                .containsExactly(
                        "flyway.conf:flyway.url postgres://ana:***@a.example.com:5432/a",
                        "liquibase.properties:url postgres://bo@b:5432/b",
                        "src/test/resources/hibernate.properties:hibernate.connection.url postgres://cy@c:5432/c");
    }

    @Test
    void aVariableOfFlywaysGoesBeforeItsFile() throws Exception {
        project.with("flyway.conf", "flyway.url=jdbc:postgresql://live.example.com/a\n")
                .set("FLYWAY_URL", "jdbc:postgresql://localhost/a")
                .set("FLYWAY_USER", "ana");

        assertThat(project.lines()).containsExactly("FLYWAY_URL postgres://ana@localhost:5432/a");
    }

    @Test
    void flywaysTomlHasEnvironments() throws Exception {
        project.with("flyway.toml", """
                [flyway]
                environment = "development"
                [environments.development]
                url = "jdbc:postgresql://localhost:5432/dev"
                user = "ana"
                password = "${env.DEV_PASSWORD}"
                [environments.production]
                url = "jdbc:postgresql://live.example.com/shop"
                """).set("DEV_PASSWORD", "geheim");

        assertThat(project.lines())
                .containsExactly("flyway.toml:environments.development.url postgres://ana:***@localhost:5432/dev");

        project.set("FLYWAY_ENVIRONMENT", "production");
        assertThat(project.lines())
                .containsExactly("flyway.toml:environments.production.url postgres://os@live.example.com:5432/shop");
    }

    @Test
    void alembicsIniInItsInterpolation() throws Exception {
        project.with("alembic.ini", """
                # A generic, single database configuration.
                [alembic]
                script_location = %(here)s/alembic
                host = db.example.com
                sqlalchemy.url = postgresql+psycopg://ana:ge%%40heim@%(host)s/shop

                [reports]
                sqlalchemy.url = driver://user:pass@localhost/dbname

                [logger_root]
                level = WARNING
                """);

        assertThat(project.lines())
                .containsExactly("alembic.ini:alembic.sqlalchemy.url postgres://ana:***@db.example.com:5432/shop");
    }

    @Test
    void prismasSchemaNamesAVariableOrAnAddress() throws Exception {
        project.with("prisma/schema.prisma", """
                generator client {
                  provider = "prisma-client-js"
                }
                datasource db {
                  provider  = "postgresql"
                  url       = env("SHOP_URL")
                  directUrl = "postgresql://ana:geheim@direct.example.com/shop" // for migrations
                  // shadowDatabaseUrl = "postgresql://nobody@x/y"
                }
                """);

        assertThat(project.lines())
                .containsExactly(
                        "prisma/schema.prisma:url passed over: SHOP_URL is not set, so it names no database",
                        "prisma/schema.prisma:directUrl postgres://ana:***@direct.example.com:5432/shop");

        project.with("prisma/.env", "SHOP_URL=postgresql://ana@live.example.com/shop\n");
        assertThat(project.lines()).contains("prisma/.env:SHOP_URL postgres://ana@live.example.com:5432/shop");
    }

    @Test
    void sequelizesFileHasEnvironments() throws Exception {
        project.with("config/config.json", """
                {
                  "development": { "username": "root", "database": "dev", "host": "127.0.0.1", "dialect": "mysql" },
                  "test": { "username": "ana", "password": "geheim", "database": "shop_test", "host": "db", "port": 5433, "dialect": "postgres" },
                  "production": { "use_env_variable": "DATABASE_URL", "dialect": "postgres" }
                }
                """);

        assertThat(project.lines())
                .containsExactly(
                        "config/config.json:development passed over: it is for mysql, not for PostgreSQL",
                        "config/config.json:test postgres://ana:***@db:5433/shop_test");
    }

    @Test
    void typeormKnexAndDbMigrate() throws Exception {
        project.with(
                        "ormconfig.json",
                        "[{\"type\": \"postgres\", \"host\": \"a\", \"username\": \"ana\", \"database\": \"x\"},"
                                + " {\"type\": \"postgres\", \"url\": \"postgres://bo@b/y\"}]")
                .with(
                        "knexfile.json",
                        "{\"test\": {\"client\": \"pg\", \"connection\": {\"host\": \"c\", \"user\": \"cy\", \"database\": \"z\"}}}")
                .with(
                        "database.json",
                        "{\"test\": {\"driver\": \"pg\", \"host\": {\"ENV\": \"LIVE\"}, \"user\": \"di\", \"database\": \"w\"}}")
                .set("LIVE", "d");

        assertThat(project.lines())
                .containsExactly(
                        "ormconfig.json:0 postgres://ana@a:5432/x",
                        "ormconfig.json:1 postgres://bo@b:5432/y",
                        "knexfile.json:test postgres://cy@c:5432/z",
                        "database.json:test postgres://di@d:5432/w");
    }

    @Test
    void aFileOfThatNameThatHasNoConnectionIsNobodysConcern() throws Exception {
        project.with("config/config.json", "{\"test\": {\"port\": 3000, \"host\": \"www.example.com\"}, \"a\": [1]}");

        assertThat(project.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ormconfig.json | {\"type\": | ormconfig.json it is no valid JSON, line 2",
                "flyway.toml | url = | flyway.toml it is no valid TOML, line 1",
                "flyway.conf | a=\\u1 | flyway.conf it has a \\u that is not followed by four hexadecimal digits",
            })
    void aFileThatCannotBeReadIsSaidToBe(String name, String text, String line) throws Exception {
        project.with(name, text + '\n');

        assertThat(project.lines()).containsExactly(line);
    }

    @Test
    void addressesThatACommandIsCalledWithAreTargets() {
        assertThat(project.lines(
                        "flyway",
                        "-url=jdbc:postgresql://a/x?user=ana",
                        "postgres://bo@b/y",
                        "-Dx=1",
                        "postgres:18",
                        "clean"))
                .containsExactly("argument 1:-url postgres://ana@a:5432/x", "argument 2 postgres://bo@b:5432/y");
    }

    @Test
    void anArgumentTakesItsLoginFromOtherArgumentsOrFromFiles() throws Exception {
        assertThat(project.lines("flyway", "-url=jdbc:postgresql://a/x", "-user=ana", "-password=geheim", "clean"))
                .containsExactly("argument 1:-url postgres://ana:***@a:5432/x");

        project.with("src/main/resources/application.yml", "spring.datasource: { username: bo, password: geheim }\n");
        assertThat(project.lines("mvn", "-Dspring.datasource.url=jdbc:postgresql://b/y"))
                .containsExactly("argument 1:-Dspring.datasource.url postgres://bo:***@b:5432/y");
    }

    @Test
    void withoutFilesOfTheProjectTheyAreNotLookedAt() throws Exception {
        project.with("flyway.conf", "flyway.url=jdbc:postgresql://live.example.com/a\n");

        assertThat(Finder.find(
                        new Surroundings(project.environment, folder, java.util.List.of(), java.util.List.of()), false))
                .isEmpty();
    }
}
