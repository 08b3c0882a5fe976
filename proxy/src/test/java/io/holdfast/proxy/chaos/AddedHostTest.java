package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers see the client's address in application_name, and the client its own name. */
@ExtendWith(Alarms.class)
class AddedHostTest {
    @Test
    void theServerSeesTheAddressOnBothLegsAndTheClientItsOwnName() throws Exception {
        try (ChaosProxy proxy = ChaosProxy.start(AddedHostTest::addingHost);
                WireClient client = new WireClient(proxy.port())) {
            client.startup("ana", "psql");
            client.authenticate();
            List<Frame> greeting = client.readUntil('Z');
            assertThat(greeting).anyMatch(frame -> frame.text().equals("application_name\0psql\0"));
            String shown = "psql - 127.0.0.1:" + client.socket().getLocalPort();
            for (String begin : List.of("SELECT 1", "BEGIN")) { // the follower, then the primary
                client.ask(begin);
                List<Frame> answer = client.ask("SELECT current_setting('application_name')");
                assertThat(answer).extracting(Frame::type).containsExactly('T', 'D', 'C', 'Z');
                assertThat(answer.get(1).text()).endsWith(shown);
            }
        }
    }

    private static HoldfastConfig addingHost(HoldfastConfig usual) {
        Upstream upstream = usual.upstream();
        return new HoldfastConfig(
                usual.listen(),
                usual.proxyProtocol(),
                usual.tls(),
                new Upstream(
                        upstream.environment(),
                        upstream.hosts(),
                        upstream.tls(),
                        upstream.account(),
                        upstream.authQuery(),
                        upstream.maxLag(),
                        upstream.fallback(),
                        upstream.consistency(),
                        upstream.pollInterval(),
                        upstream.connectTimeout(),
                        true),
                usual.protect(),
                usual.people(),
                usual.audit(),
                usual.admin(),
                usual.limits(),
                usual.peering(),
                usual.notifications());
    }
}
