package io.holdfast.proxy.bypass;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Upstream.Environment;
import io.holdfast.protocol.message.Authentication;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is CI and does not wait for the answer to its login: what it sends behind that reaches no server. */
@Timeout(60)
class PipelinedStartupTest {
    private static final TestServers SERVERS = TestServers.shared();
    private static final String WRITE = "INSERT INTO events (kind) VALUES ('pipelined')";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .servers(SERVERS)
            .environment(Environment.PRODUCTION)
            .start();

    @Test
    void statementsBehindTheLastAnswerOfALoginThatIsRefusedNeverRun() throws Exception {
        long before = events();

        List<Frame> refused = login("rspec", PipelinedStartupTest::statements);

        assertThat(refused.getLast().code()).isEqualTo("PW008");
        assertThat(refused).extracting(Frame::type).doesNotContain('C', 'Z', '1');
        assertThat(events()).isEqualTo(before);
    }

    /** Without this the one above would show nothing. */
    @Test
    void theSameBytesOfSomebodyElseRunBothTimes() throws Exception {
        long before = events();

        List<Frame> answered = login("psql", out -> {
            statements(out);
            FrontendWriter.terminate(out);
        });

        assertThat(answered).extracting(Frame::type).containsSequence('C', 'Z').contains('1');
        assertThat(events()).isEqualTo(before + 2);
    }

    @Test
    void statementsRightBehindTheStartupMessageNeverRunWhoeverSendsThem() throws Exception {
        long before = events();
        for (String application : List.of("rspec", "psql")) {
            try (WireClient client = new WireClient(proxy.port())) {
                client.send(out -> {
                    FrontendWriter.startup(out, 3, 0, parameters(application));
                    statements(out);
                });

                assertThat(client.readUntilClosed().getLast().code()).isEqualTo("08P01");
            }
        }

        assertThat(events()).isEqualTo(before);
    }

    private interface Messages {
        void write(ByteBuf out);
    }

    private static void statements(ByteBuf out) {
        FrontendWriter.query(out, WRITE);
        FrontendWriter.parse(out, "", WRITE);
        FrontendWriter.bind(out, "", "", List.of());
        FrontendWriter.execute(out, "", 0);
        FrontendWriter.sync(out);
    }

    /** The last answer and what follows it leave in one piece; gives all that comes then. */
    private static List<Frame> login(String application, Messages behind) throws IOException {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(out -> FrontendWriter.startup(out, 3, 0, parameters(application)));
            Authentication asked =
                    Authentication.read(Unpooled.wrappedBuffer(client.read().body()));
            ScramClient scram = ScramClient.withPassword(
                    TestServers.PASSWORD,
                    ((Authentication.Sasl) asked).mechanisms(),
                    null,
                    ScramNonce.random(new SecureRandom()));
            client.send(out -> FrontendWriter.saslInitialResponse(out, scram.mechanism(), scram.first()));
            Authentication more =
                    Authentication.read(Unpooled.wrappedBuffer(client.read().body()));
            byte[] last = scram.finish(((Authentication.SaslContinue) more).data());
            client.send(out -> {
                FrontendWriter.saslResponse(out, last);
                behind.write(out);
            });
            return client.readUntilClosed();
        }
    }

    private static Map<String, String> parameters(String application) {
        return new TreeMap<>(Map.of("user", "ana", "database", TestServers.DATABASE, "application_name", application));
    }

    private static long events() throws SQLException {
        return SERVERS.count("events");
    }
}
