package io.holdfast.proxy.e2e;

import org.flywaydb.core.Flyway;

/** What a suite with Flyway does before its first test: cleans the database that Spring's variables name. */
public final class FlywaySuite {
    private FlywaySuite() {}

    /** Says "cleaned" at the end. */
    public static void main(String[] arguments) {
        Flyway.configure()
                .dataSource(
                        System.getenv("SPRING_DATASOURCE_URL"),
                        System.getenv("SPRING_DATASOURCE_USERNAME"),
                        System.getenv("SPRING_DATASOURCE_PASSWORD"))
                .cleanDisabled(false)
                .load()
                .clean();
        System.out.println("cleaned");
    }
}
