package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentDeathTest {
    @Test
    void serverStopsWhenTheJvmThatStartedItIsKilled() throws Exception {
        assumeTrue(RunAs.detect().serverPrefix().contains("--pdeathsig=INT"), "setpriv knows --pdeathsig");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path base = Path.of(firstLine(jvm), "..").normalize();
        List<ProcessHandle> servers = jvm.descendants().toList();
        assertThat(servers).isNotEmpty();

        jvm.destroyForcibly();

        for (ProcessHandle server : servers) {
            server.onExit().get(1, TimeUnit.MINUTES);
        }
        Folders.delete(base);
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** Starts a server from a thread that ends, says where, and waits to be killed. */
    static final class Starter {
        public static void main(String[] args) throws Exception {
            var started = new FutureTask<>(Starter::dataDirectoryOfANewServer);
            Thread starter = new Thread(started);
            starter.start();
            System.out.println(started.get());
            starter.join();
            new CountDownLatch(1).await();
        }

        private static String dataDirectoryOfANewServer() throws SQLException {
            PostgresCluster cluster = PostgresCluster.builder().start(PostgresProvider.embedded());
            try (var connection = cluster.primary().connect("postgres");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW data_directory")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
