package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Programs in other languages, each a script among the resources that ends with an error if anything is not as it should be.
 * Skipped where the language or its driver is not installed; {@code .ci/run} installs both.
 */
@Timeout(120)
class ScriptedClientsTest {
    /** Debian's, where its packages are; another one that comes first on the path may not know them. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Where {@code .ci/run} lets npm install node-postgres, outside of what {@code mvn clean} removes. */
    private static final Path NODE_POSTGRES =
            Path.of(System.getProperty("holdfast.root", ".."), "target", "node", "node_modules", "pg");

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @Test
    void psycopgDoesWhatProgramsDo() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), PYTHON + " is not installed");
        assumeTrue(knowsPsycopg(), "psycopg2 is not installed");
        assertThat(ClientProgram.run(proxy.port(), "", List.of(PYTHON.toString(), script("psycopg.py"))))
                .isEqualTo("ok\n");
    }

    private static boolean knowsPsycopg() throws Exception {
        return new ProcessBuilder(PYTHON.toString(), "-c", "import psycopg2")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void nodePostgresDoesWhatProgramsDo() throws Exception {
        ClientProgram.Installed node = ClientProgram.installed("node");
        assumeTrue(Files.isDirectory(NODE_POSTGRES), "node-postgres is not installed");
        List<String> command = List.of(
                node.path().toString(),
                script("node-postgres.js"),
                NODE_POSTGRES.toAbsolutePath().toString());
        assertThat(ClientProgram.run(proxy.port(), "", command)).isEqualTo("ok\n");
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ScriptedClientsTest.class.getResource(name))
                        .toURI())
                .toString();
    }
}
