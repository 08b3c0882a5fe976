package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;

class PostgresBinariesTest {
    @Test
    void secondUnpackReusesTheFolder() throws Exception {
        PostgresBinaries first = PostgresBinaries.unpackNewest();
        FileTime unpacked = Files.getLastModifiedTime(first.home());

        PostgresBinaries second = PostgresBinaries.unpack(first.majorVersion());

        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(second.home())).isEqualTo(unpacked);
    }

    @Test
    void everybodyMayRunThePrograms() throws Exception {
        PostgresBinaries binaries = PostgresBinaries.unpackNewest();

        assertThat(Files.getPosixFilePermissions(binaries.program("postgres")))
                .contains(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE)
                .doesNotContain(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);
    }

    @Test
    void missingVersionIsSaidWithWhatIsThere() {
        assertThatThrownBy(() -> PostgresBinaries.unpack(9))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("no PostgreSQL 9 binaries for ")
                .hasMessageContaining(
                        "found: " + PostgresBinaries.unpackNewest().version());
    }
}
