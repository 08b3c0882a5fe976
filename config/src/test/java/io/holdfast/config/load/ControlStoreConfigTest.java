package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ControlStoreConfigTest {
    private static final String EXPECTED =
            " (expected: an address such as postgresql://db9:5432/holdfast, without user, password and parameters)";

    @Test
    void aFileIsTheDefault() {
        assertThat(store("")).isEqualTo(new ControlStoreConfig.Embedded(Path.of("/no/such/folder/holdfast-state")));
        assertThat(store("control-store: { file: /var/lib/holdfast/state }"))
                .isEqualTo(new ControlStoreConfig.Embedded(Path.of("/var/lib/holdfast/state")));
    }

    @Test
    void aSharedDatabaseIsVerifiedUnlessItIsOnThisMachine() {
        assertThat(store("control-store: { url: \"postgresql://db9/control\", user: h, password: secret }"))
                .isEqualTo(new ControlStoreConfig.Shared(
                        new HostPort("db9", 5432), "control", "h", "secret", new UpstreamTls(Mode.VERIFY_FULL, null)));
        assertThat(store("control-store: { url: \"postgres://[::1]:6000/control\", user: h }"))
                .isEqualTo(new ControlStoreConfig.Shared(
                        new HostPort("::1", 6000), "control", "h", "", new UpstreamTls(Mode.DISABLE, null)));
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThat(problems(MINIMAL + "control-store: { url: \"postgresql://h:secret@db9/control\", user: h }"))
                .singleElement()
                .asString()
                .endsWith("control-store.url: 'postgresql://...@db9/control'" + EXPECTED);
        assertThat(problems(MINIMAL + "control-store: { url: db9, file: x, user: h }"))
                .anySatisfy(problem -> assertThat(problem).endsWith("control-store.url: 'db9'" + EXPECTED))
                .anySatisfy(problem ->
                        assertThat(problem).endsWith("control-store.file: beside url (expected: either file or url)"));
        assertThat(problems(MINIMAL + "control-store: { url: \"postgresql://db9/control\" }"))
                .singleElement()
                .asString()
                .endsWith("control-store.user: missing (expected: a text)");
        assertThat(problems(MINIMAL + "control-store: { password: x }"))
                .singleElement()
                .asString()
                .endsWith("control-store.password: a key that needs url (expected: url with it, or not this key)");
    }

    @Test
    void anAuditIsCopiedOnlyToWhereItsDiskIsNot() {
        String store = "control-store: { url: \"postgresql://db9/control\", user: h }\n";
        assertThat(config(MINIMAL + store + "audit: { copy-as: proxy-1.example }\n")
                        .audit()
                        .copyAs())
                .isEqualTo("proxy-1.example");
        assertThat(config(MINIMAL + store).audit().copyAs()).isNull();
        assertThat(problems(MINIMAL + "audit: { copy-as: proxy1 }"))
                .singleElement()
                .asString()
                .endsWith("audit.copy-as: a copy on the disk that the log is on, which whoever changes the one can"
                        + " change, too (expected: control-store with url)");
        assertThat(problems(MINIMAL + store + "audit: { copy-as: \"a b\" }"))
                .singleElement()
                .asString()
                .endsWith("audit.copy-as: 'a b' (expected: a name of up to 63 letters, digits, '.', '-' and '_',"
                        + " such as proxy1)");
    }

    private static ControlStoreConfig store(String yaml) {
        return config(MINIMAL + yaml + '\n').controlStore();
    }
}
