package io.holdfast.proxy.cli;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.protocol.frame.FramePump;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.postgresql.Driver;

/**
 * Loads all classes that a first session needs, for the launcher's cache of classes: the proxy from which that is made has no server, so
 * no session either, and without this the first clients of every start would wait for some 700 classes.
 */
final class ClassLoading {
    /** One class each of ours and of the driver, by which upstream is watched and catalogs are read. */
    private static final List<Class<?>> JARS =
            List.of(ClassLoading.class, FramePump.class, HoldfastConfig.class, Driver.class);

    private static final String SUFFIX = ".class";

    private ClassLoading() {}

    /**
     * Loads them and initialises none.
     *
     * @return how many
     * @throws IOException if a jar cannot be read
     */
    static int everything() throws IOException {
        int loaded = 0;
        for (Class<?> one : JARS) {
            Path place = place(one);
            if (Files.isRegularFile(place)) { // a folder when run from an IDE, where nobody makes a cache
                try (JarFile jar = new JarFile(place.toFile())) {
                    loaded += (int) jar.stream()
                            .map(entry -> entry.getName())
                            .filter(ClassLoading::isClass)
                            .filter(name -> isLoaded(name, one.getClassLoader()))
                            .count();
                }
            }
        }
        return loaded;
    }

    private static Path place(Class<?> one) throws IOException {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no place of " + one, e);
        }
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(SUFFIX) && !entry.startsWith("META-INF/") && !entry.endsWith("-info" + SUFFIX);
    }

    private static boolean isLoaded(String entry, ClassLoader loader) {
        String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
        try {
            return Class.forName(name, false, loader).getName().equals(name);
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // what the driver could do with libraries that are not here
        }
    }
}
