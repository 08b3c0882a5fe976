package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * pg_dump writes the same through the proxy as without. It dumps no server newer than itself; to run this with an older one, choose
 * the servers: {@code -Ppostgres-15}.
 */
@Timeout(120)
class PgDumpTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @ParameterizedTest
    @ValueSource(strings = {"--format=plain", "--inserts", "--schema-only"})
    void aDumpIsTheSame(String how) throws Exception {
        ClientProgram.Installed pgDump = ClientProgram.installed("pg_dump");
        int server = Integer.getInteger(TestServers.VERSION, 18);
        assumeTrue(pgDump.major() >= server, "pg_dump " + pgDump.major() + " does not dump PostgreSQL " + server);
        String direct = dump(pgDump, proxy.servers().primary().port(), how);
        assertThat(direct).contains("CREATE TABLE public.orders");
        assertThat(dump(pgDump, proxy.port(), how)).isEqualTo(direct);
    }

    /** Newer minor releases put a random word around a plain dump. */
    private static String dump(ClientProgram.Installed pgDump, int port, String how) throws Exception {
        return ClientProgram.run(pgDump, port, "", how, "--schema=public", "shop")
                .replaceAll("(?m)^\\\\(un)?restrict .*$", "\\\\$1restrict");
    }
}
