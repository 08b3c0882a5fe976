package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.ListenAddress.Tcp;
import io.holdfast.config.ListenAddress.UnixSocket;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several doors into one proxy. */
@ExtendWith(Alarms.class)
class ListenersTest {
    private static final Tcp ANY_PORT = new Tcp(new HostPort("127.0.0.1", 0));

    @TempDir
    Path folder;

    @Test
    void psqlComesInByTheSocketWhileOthersComeInByTcp() throws Exception {
        ClientProgram.Installed psql = ClientProgram.installed("psql");
        Path socket = folder.resolve(".s.PGSQL.6432");
        try (ChaosProxy proxy = listening(ANY_PORT, new UnixSocket(socket, 0750));
                Connection tcp = proxy.connect("tcp")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rwxr-x---");
            assertThat(Sql.number(tcp, "SELECT 1")).isEqualTo(1);
            assertThat(psql(psql, "SELECT 41 + 1")).isEqualTo("42\n");
            assertThat(folder.toFile().list()).containsExactly(".s.PGSQL.6432");
        }
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aSocketMayBeTheOnlyDoor() throws Exception {
        ClientProgram.Installed psql = ClientProgram.installed("psql");
        try (ChaosProxy proxy = listening(new UnixSocket(folder.resolve(".s.PGSQL.6432"), 0777))) {
            assertThat(proxy.port()).isZero();
            assertThat(psql(psql, "TABLE pg_stat_activity LIMIT 0; SELECT 7")).isEqualTo("7\n");
        }
    }

    @Test
    void aSocketLeftBehindIsReplacedAndOneInUseIsNot() throws Exception {
        Path socket = folder.resolve("s");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close(); // its file stays
        assertThat(socket).exists();
        try (ChaosProxy proxy = listening(ANY_PORT, new UnixSocket(socket, 0777))) {
            assertThatThrownBy(() -> listening(ANY_PORT, new UnixSocket(socket, 0777)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on " + socket + ": another process listens there");
            assertThat(socket).exists();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("precious"), "x");
        assertThatThrownBy(() -> listening(ANY_PORT, new UnixSocket(file, 0777)))
                .hasMessageContaining("there is a file that is no socket");
        assertThat(file).hasContent("x");
    }

    @Test
    void aClientOverIpv4OfAnAddressForBothIsKnownByItsIpv4Address() throws Exception {
        try (ChaosProxy proxy = listening(new Tcp(new HostPort("::", 0)));
                Connection client = proxy.connect("both");
                Connection console = ChaosProxy.connect(proxy.port(), "cy", "holdfast", "console")) {
            assertThat(Sql.number(client, "SELECT 1")).isEqualTo(1);
            assertThat(Sql.rows(console, "SHOW SESSIONS")).anyMatch(row -> row.contains("|127.0.0.1:"));
        }
    }

    private static ChaosProxy listening(ListenAddress... addresses) throws IOException {
        return ChaosProxy.start(usual -> ChaosProxy.doors(usual, List.of(addresses), List.of()));
    }

    private String psql(ClientProgram.Installed psql, String sql) throws Exception {
        return ClientProgram.run(psql, 6432, "", "-h", folder.toString(), "-d", TestServers.DATABASE, "-XAtc", sql);
    }
}
