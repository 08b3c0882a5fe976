package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {
    @TempDir
    private Path target;

    @Test
    void foldersThatTheArchiveDoesNotNameAreMade() throws IOException {
        TarXz.unpack(new ByteArrayInputStream(archive("lib/deep/file")), target);

        assertThat(Files.readString(target.resolve("lib/deep/file"))).isEqualTo("content");
    }

    @Test
    void entryOutsideTheTargetIsRefused() throws IOException {
        var archive = new ByteArrayInputStream(archive("lib/../../outside"));

        assertThatThrownBy(() -> TarXz.unpack(archive, target.resolve("inner")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lib/../../outside");
        assertThat(target.resolve("outside")).doesNotExist();
    }

    static byte[] archive(String name) throws IOException {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
