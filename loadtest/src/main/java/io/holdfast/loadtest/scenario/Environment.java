package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where and of what a result is: a number without it cannot be compared with another. */
final class Environment {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+\\S*");

    private Environment() {}

    /**
     * Looks around.
     *
     * @param began when the run did
     * @param load of the machine before the run: one that was busy shows
     * @param serverVersion of PostgreSQL
     */
    static Map<String, String> of(Instant began, String load, String serverVersion) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", began.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit());
        facts.put("cpu", cpu());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", memory());
        facts.put("kernel", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        facts.put("load before", load);
        facts.put("jdk", System.getProperty("java.vendor.version", "") + ' ' + Runtime.version());
        facts.put("postgresql", serverVersion);
        facts.put("pgbench", version(Optional.of(Path.of("pgbench")), "--version"));
        facts.put("haproxy", version(Programs.find(Kind.HAPROXY.label()), "-v"));
        facts.put("pgbouncer", version(Programs.find(Kind.PGBOUNCER.label()), "--version"));
        facts.values().removeIf(String::isBlank);
        return facts;
    }

    /** The load average of the last minute; empty where there is no /proc. */
    static String load() {
        return lines("/proc/loadavg").stream()
                .findFirst()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .orElse("");
    }

    /** Of the folder that the command says. */
    private static String commit() throws InterruptedException {
        String root = System.getProperty("holdfast.root", ".");
        String commit = Programs.firstLine("git", "-C", root, "rev-parse", "--short=12", "HEAD");
        String changed = Programs.firstLine("git", "-C", root, "status", "--porcelain", "--untracked-files=no");
        return commit.isEmpty() || changed.isEmpty() ? commit : commit + " and changes";
    }

    private static String cpu() {
        return lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(System.getProperty("os.arch"));
    }

    private static String memory() {
        return lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .findFirst()
                .map(line -> line.replaceAll("\\D", ""))
                .map(kilobytes -> Math.round(Long.parseLong(kilobytes) / 1024.0 / 1024.0) + " GiB")
                .orElse("");
    }

    /** The number in what a program says of itself. */
    private static String version(Optional<Path> program, String option) throws InterruptedException {
        if (program.isEmpty()) {
            return "";
        }
        Matcher number = VERSION.matcher(Programs.firstLine(program.get().toString(), option));
        return number.find() ? number.group() : "";
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of(); // no Linux
        }
    }
}
