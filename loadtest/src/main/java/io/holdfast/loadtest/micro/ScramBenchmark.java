package io.holdfast.loadtest.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.scram.ScramClient;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.protocol.scram.ScramMechanism;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.protocol.scram.ScramServer;
import io.holdfast.protocol.scram.ScramVerifier;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a login cost the proxy's event loop: to check a client's proof, and to log in to a server with the keys that the proof gave
 * away? The baseline is what neither of them needs: to derive the keys from a password, by the JDK, which is the client's part.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar ScramBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ScramBenchmark {
    private static final String PASSWORD = "correct horse battery staple";
    private static final List<String> OFFERED = List.of(ScramMechanism.PLAIN);
    private static final byte[] SALT = "sixteen bytes of".getBytes(UTF_8);
    private static final int KEY_BITS = 256;

    /** The same each time, so that a client's messages can be made once and be right every time. */
    private static final ScramNonce CLIENT_NONCE = () -> "clientnonceclientnonce01";

    private static final ScramNonce SERVER_NONCE = () -> "servernonceservernonce01";

    private final ScramVerifier verifier = ScramVerifier.forPassword(PASSWORD, SALT, ScramVerifier.DEFAULT_ITERATIONS);
    private byte[] clientFirst = {};
    private byte[] serverFirst = {};
    private byte[] clientFinal = {};
    private byte[] serverFinal = {};
    private ScramKeys keys = new ScramKeys(new byte[0], new byte[0], new byte[0]);

    /** One exchange, whose messages are played again. */
    @Setup
    public void exchange() {
        ScramClient client = ScramClient.withPassword(PASSWORD, OFFERED, null, CLIENT_NONCE);
        ScramServer server = new ScramServer(verifier, null, SERVER_NONCE);
        clientFirst = client.first();
        serverFirst = server.first(client.mechanism(), clientFirst);
        clientFinal = client.finish(serverFirst);
        if (!(server.finish(clientFinal) instanceof ScramServer.Result.Success(var last, var recovered))) {
            throw new IllegalStateException("the password is not taken");
        }
        serverFinal = last;
        keys = recovered;
        client.verify(serverFinal);
    }

    /** The server's part, towards a client. */
    @Benchmark
    public ScramServer.Result server() {
        ScramServer server = new ScramServer(verifier, null, SERVER_NONCE);
        server.first(ScramMechanism.PLAIN, clientFirst);
        return server.finish(clientFinal);
    }

    /** The client's part, towards a server, with keys. */
    @Benchmark
    public byte[] clientWithKeys() {
        ScramClient client = ScramClient.withKeys(keys, OFFERED, null, CLIENT_NONCE);
        client.first();
        byte[] answer = client.finish(serverFirst);
        client.verify(serverFinal);
        return answer;
    }

    /** A password to keys. */
    @Benchmark
    public byte[] baselineDerivation() throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(PASSWORD.toCharArray(), SALT, ScramVerifier.DEFAULT_ITERATIONS, KEY_BITS);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
    }
}
