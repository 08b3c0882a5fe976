package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import java.util.regex.Pattern;

/** A client program shows through the proxy what it shows without. */
final class SameOutput {
    private static final Pattern DURATION = Pattern.compile("Time: [\\d.,]+ ms.*");
    private static final Pattern SIZE = Pattern.compile("\\d+ (bytes|kB|MB|GB)");

    private static final Pattern CIPHER = Pattern.compile("cipher: \\w+");

    private SameOutput() {}

    /**
     * Runs it on the primary, then through the proxy; but for ports, ciphers, durations and sizes, the output must be equal.
     *
     * @return the output, for more to be said of it
     */
    static String of(ClientProgram.Installed program, ProxyFixture proxy, String input, String... arguments)
            throws Exception {
        String direct = run(program, proxy.servers().primary().port(), input, arguments);
        String through = run(program, proxy.port(), input, arguments);
        assertThat(through).isEqualTo(direct);
        assertThat(direct).isNotBlank();
        return direct;
    }

    private static String run(ClientProgram.Installed program, int port, String input, String... arguments)
            throws Exception {
        String output = ClientProgram.run(program, port, input, arguments).replace("\"" + port + "\"", "\"PORT\"");
        output = DURATION.matcher(output).replaceAll("Time: N ms");
        output = SIZE.matcher(output).replaceAll("N bytes");
        return CIPHER.matcher(output).replaceAll("cipher: C");
    }
}
