package io.holdfast.proxy.targets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file whole, if it is one and not too large. */
final class TextFile {
    /** In bytes; no file of settings is longer. */
    static final int LONGEST = 1 << 20;

    private TextFile() {}

    /**
     * Its text, as UTF-8; what is none becomes U+FFFD.
     *
     * @throws TargetProblem if it cannot be read, is longer, or is a pipe or device, which may never end
     */
    static String read(Path file) throws TargetProblem {
        if (!Files.isRegularFile(file)) {
            throw new TargetProblem("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new TargetProblem("it is longer than 1 MiB");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new TargetProblem("the file cannot be read");
        }
    }
}
