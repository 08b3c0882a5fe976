package io.holdfast.proxy.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitVariablesTest {
    @TempDir
    private Path folder;

    private Found around;

    @BeforeEach
    void nothing() {
        around = new Found(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_HOST=db DB_PORT=5433 DB_DATABASE=shop DB_USERNAME=ana DB_PASSWORD=geheim DB_CONNECTION=pgsql | DB_HOST postgres://ana:***@db:5433/shop",
                "DB_HOST=db DB_NAME=shop DB_USER=ana DB_PASS=geheim DB_ENGINE=django.db.backends.postgresql | DB_HOST postgres://ana:***@db:5432/shop",
                "POSTGRES_HOST=db POSTGRES_DB=shop POSTGRES_USER=ana POSTGRES_PASSWORD=geheim | POSTGRES_HOST postgres://ana:***@db:5432/shop",
                "POSTGRES_SERVER=db POSTGRES_DB=shop POSTGRES_USER=ana | POSTGRES_SERVER postgres://ana@db:5432/shop",
                "APP_DB_HOST=db APP_DB_NAME=shop APP_DB_USER=ana | APP_DB_HOST postgres://ana@db:5432/shop",
                "DATABASE_HOST=db DATABASE_NAME=shop DATABASE_USERNAME=ana | DATABASE_HOST postgres://ana@db:5432/shop",
                "DATABASE_HOST=db DATABASE_CLIENT=postgres DATABASE_USERNAME=ana DATABASE_SSLMODE=require | DATABASE_HOST postgres://ana@db:5432/ana?sslmode=require",
                "TYPEORM_HOST=db TYPEORM_CONNECTION=postgres TYPEORM_USERNAME=ana TYPEORM_DATABASE=shop | TYPEORM_HOST postgres://ana@db:5432/shop",
                "RDS_HOSTNAME=db RDS_DB_NAME=shop RDS_USERNAME=ana | RDS_HOSTNAME postgres://ana@db:5432/shop",
                "DBHOST=db DBNAME=shop DBUSER=ana DBPASS=geheim | DBHOST postgres://ana:***@db:5432/shop",
                "GF_DATABASE_HOST=db:5433 GF_DATABASE_TYPE=postgres GF_DATABASE_USER=ana GF_DATABASE_NAME=g | GF_DATABASE_HOST postgres://ana@db:5433/g",
                "KC_DB=postgres KC_DB_URL_HOST=db KC_DB_URL_DATABASE=kc KC_DB_USERNAME=ana | KC_DB_URL_HOST postgres://ana@db:5432/kc",
                "DB_READ_HOST=replica DB_NAME=shop DB_USER=ana | DB_READ_HOST postgres://ana@replica:5432/shop",
                "SHOPDB_HOST=db SHOPDB_NAME=shop SHOPDB_USER=ana | SHOPDB_HOST postgres://ana@db:5432/shop",
                "db_host=db db_name=shop db_user=ana | db_host postgres://ana@db:5432/shop",
                "DB_HOST=[::1]:5433 DB_NAME=shop DB_USER=ana | DB_HOST postgres://ana@[::1]:5433/shop",
                "DB_HOST=/cloudsql/p:r:i DB_NAME=shop DB_USER=ana | DB_HOST postgres://ana@/cloudsql/p:r:i/.s.PGSQL.5432/shop",
                "DB_HOST=db DB_PORT=tcp://10.96.0.3:5432 DB_NAME=shop DB_USER=ana | DB_HOST postgres://ana@db:5432/shop",
                "MARIANA_DB_HOST=db MARIANA_DB_USER=ana | MARIANA_DB_HOST postgres://ana@db:5432/ana",
                "CHROMATIC_DB_HOST=db CHROMATIC_DB_USER=ana | CHROMATIC_DB_HOST postgres://ana@db:5432/ana",
                "DB_HOST=localhost DB_PORT=50000 DB_USER=ana DB_CONNECTION=couches | DB_HOST postgres://ana@localhost:50000/ana",
                "DB_HOST=db PGUSER=ana PGPASSWORD=geheim DB_NAME=shop | DB_HOST postgres://ana:***@db:5432/shop",
            })
    void aHostWhoseNameIsADatabasesIsATarget(String variables, String found) {
        set(variables);

        assertThat(around.lines()).containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_CONNECTION=mysql DB_HOST=live DB_PORT=3306 | DB_CONNECTION says mysql",
                "DB_CONNECTION=mariadb DB_HOST=live DB_PORT=5432 | DB_CONNECTION says mariadb",
                "DB_ADAPTER=mysql2 DB_HOST=live | DB_ADAPTER says mysql2",
                "DB_HOST=live DB_PORT=3306 | port 3306",
                "DB_HOST=live:3306 | port 3306",
                "DB_HOST=live DB_CONNECTION=mysql://root:geheim@live/x | DB_CONNECTION says mysql",
                "DATABASE_HOST=live DATABASE_ENGINE=django.db.backends.mysql | DATABASE_ENGINE says django.db.backends.mysql",
                "DB_HOST=live DB=mysql | DB says mysql",
                "MYSQL_DB_HOST=live | its name says so",
                "WORDPRESS_DB_HOST=live | its name says so",
                "SQL_SERVER_HOST=live | its name says so",
            })
    void anotherProductsHostIsSaidNotToBeLookedAt(String variables, String why) {
        set(variables);

        assertThat(around.all()).singleElement().isInstanceOf(Finding.PassedOver.class);
        assertThat(around.lines().getFirst())
                .endsWith("passed over: it is not for PostgreSQL: " + why)
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRES_HOST_AUTH_METHOD=trust",
                "POSTGRES_PASSWORD=x POSTGRES_DB=shop POSTGRES_USER=ana",
                "SHOP_DB_SERVICE_HOST=10.96.0.3 SHOP_DB_SERVICE_PORT=5432",
                "POSTGRES_PORT_5432_TCP_ADDR=10.96.0.3",
                "REDIS_HOST=live MONGODB_HOST=live INFLUXDB_HOST=live RABBITMQ_HOST=live",
                "DOCKER_HOST=tcp://10.0.0.1:2375 VIRTUAL_HOST=shop",
                "PGADMIN_HOST=live DB_HOST=",
                "SQL_SERVER=live",
                "DEBUG_HOST=live FEEDBACK_HOST=live",
            })
    void whatIsNoDatabasesHostIsNotTakenForOne(String variables) {
        set(variables);

        assertThat(around.lines()).isEmpty();
    }

    @Test
    void libpqsOwnAddressDoesNotMoveAHostThatIsSaid() {
        set("DB_HOST=live.example.com DB_NAME=shop DB_USER=ana PGHOSTADDR=127.0.0.1");

        assertThat(around.lines()).contains("DB_HOST postgres://ana@live.example.com:5432/shop");
    }

    /** Laravel's. */
    @Test
    void filesOfVariablesCompleteTheEnvironment() throws Exception {
        around.with(".env", """
                APP_NAME=Laravel
                APP_ENV=local

                DB_CONNECTION=pgsql
                DB_HOST=127.0.0.1
                DB_PORT=5432
                DB_DATABASE=shop
                DB_USERNAME=shop
                DB_PASSWORD="ge#heim"

                REDIS_HOST=127.0.0.1
                """)
                .with(".env.testing", "DB_CONNECTION=pgsql\nDB_HOST=db.example.com\nDB_DATABASE=testing\n");
        assertThat(around.lines())
                .containsExactly(
                        ".env.testing:DB_HOST postgres://os@db.example.com:5432/testing",
                        ".env:DB_HOST postgres://shop:***@127.0.0.1:5432/shop");

        set("DB_HOST=live.example.com");
        assertThat(around.lines())
                .startsWith(
                        "DB_HOST[with .env.testing] postgres://shop:***@live.example.com:5432/testing",
                        "DB_HOST[without .env files] postgres://os@live.example.com:5432/os",
                        "DB_HOST[with .env] postgres://shop:***@live.example.com:5432/shop");
    }

    @Test
    void theFilesThatAnEnvironmentChoosesAreLookedAt() throws Exception {
        around.with(".env.staging", "DB_HOST=staging.example.com\nDB_NAME=x\n")
                .with(".env.production", "DB_HOST=live.example.com\nDB_NAME=x\n");
        assertThat(around.lines()).isEmpty();

        set("NODE_ENV=staging");
        assertThat(around.lines()).containsExactly(".env.staging:DB_HOST postgres://os@staging.example.com:5432/x");
    }

    private void set(String variables) {
        for (String variable : variables.split(" ", -1)) {
            int equals = variable.indexOf('=');
            around.set(variable.substring(0, equals), variable.substring(equals + 1));
        }
    }
}
