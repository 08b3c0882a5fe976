package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLoginsTest {
    @TempDir
    private Path folder;

    @Test
    void continuedDemoHasThePasswordsItHad() throws IOException {
        Path file = folder.resolve("passwords");

        DemoLogins first = DemoLogins.keptIn(file);

        assertThat(DemoLogins.keptIn(file)).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    @Test
    void randomPasswordsDifferAndNeedNoQuotesInAUrl() {
        DemoLogins logins = DemoLogins.random();

        assertThat(Set.copyOf(logins.passwords().values()))
                .hasSameSizeAs(logins.passwords().values());
        assertThat(logins.passwords().values()).allMatch(password -> password.matches("[a-z0-9]{12}"));
    }

    @Test
    void passwordsAreNotPrinted() {
        assertThat(DemoLogins.fixed("secret")).asString().contains("ana").doesNotContain("secret");
    }

    @Test
    void missingRoleIsRefused() {
        assertThatThrownBy(() -> new DemoLogins(Map.of("ana", "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DemoLogins.fixed("x").password("eve")).isInstanceOf(IllegalArgumentException.class);
    }
}
