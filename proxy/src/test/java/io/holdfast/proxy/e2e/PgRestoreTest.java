package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pg_dump wrote through the proxy, pg_restore restores through it. As PgDumpTest, only where pg_dump is new enough. */
@Timeout(120)
class PgRestoreTest {
    private static final String COPY = "restored";

    @Test
    void aDumpIsRestoredInParallelUnderARuleThatAllowsIt(@TempDir Path folder) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.builder().rules(allowInto(COPY)).start()) {
            restore(proxy, folder.resolve("dump"));
        }
    }

    @Test
    void aDumpIsRestoredInParallelWhereNothingIsHeld(@TempDir Path folder) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.builder().preset(Preset.OBSERVE).start()) {
            restore(proxy, folder.resolve("dump"));
        }
    }

    private static void restore(ProxyFixture proxy, Path dump) throws Exception {
        ClientProgram.Installed pgDump = ClientProgram.installed("pg_dump");
        ClientProgram.Installed pgRestore = ClientProgram.installed("pg_restore");
        int server = Integer.getInteger(TestServers.VERSION, 18);
        assumeTrue(pgDump.major() >= server, "pg_dump " + pgDump.major() + " does not dump PostgreSQL " + server);
        ClientProgram.run(
                pgDump, proxy.port(), "", "-Fc", "--schema=public", "-f", dump.toString(), TestServers.DATABASE);
        proxy.servers().administer("CREATE DATABASE " + COPY + " OWNER shop_owner");
        try {
            ClientProgram.run(
                    pgRestore, proxy.port(), "", "-j2", "--no-owner", "--exit-on-error", "-d", COPY, dump.toString());
            // Once more over what is there: pg_restore drops everything first.
            ClientProgram.run(
                    pgRestore,
                    proxy.port(),
                    "",
                    "-j2",
                    "--no-owner",
                    "--clean",
                    "--if-exists",
                    "--exit-on-error",
                    "-d",
                    COPY,
                    dump.toString());
            try (Connection copy = proxy.servers().primary().connect(COPY)) {
                for (String table : List.of("customers", "orders", "order_items", "payments")) {
                    assertThat(Sql.number(copy, "SELECT count(*) FROM " + table))
                            .as(table)
                            .isEqualTo(proxy.servers().count(table));
                }
            }
        } finally {
            proxy.servers().administer("DROP DATABASE " + COPY + " WITH (FORCE)");
        }
    }

    private static RuleConfig allowInto(String database) {
        return new RuleConfig(
                "a copy may be restored",
                new RuleConfig.When(
                        Set.of(),
                        Set.of(),
                        List.of(),
                        List.of(),
                        false,
                        Set.of("ana"),
                        Set.of(),
                        Set.of(database),
                        Set.of("pg_restore"),
                        List.of()),
                new RuleConfig.Action.Allow());
    }
}
