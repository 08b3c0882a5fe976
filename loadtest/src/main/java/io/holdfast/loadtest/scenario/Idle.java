package io.holdfast.loadtest.scenario;

import io.holdfast.proxy.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * 21-idle: how much memory clients cost that have logged in, have run a query and do nothing, that all of them still work, and what it
 * takes when a thousand of them do.
 *
 * <p>Every client has a connection to a server, so ten thousand would need as many backends; a {@link QuietServer} stands in for them.
 * Each process may open only so many files: at a limit of 20,000, 9,800 clients fit one proxy.
 */
public final class Idle {
    private static final List<Integer> STEPS = List.of(0, 1_000, 5_000, 9_800);
    private static final int BUSY = 1_000;
    private static final Duration WORK = Duration.ofSeconds(20);

    private Idle() {}

    /** Takes options for the proxy's JVM. */
    public static void main(String[] options) throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("holdfast-idle-");
        try (Servers real = Servers.start(0);
                Child quiet = Child.jvm(
                        QuietServerMain.class, List.of("-Xmx2g"), "holdfast", Integer.toString(real.primaryPort()));
                Child proxy = Child.jvm(
                        Main.class,
                        Arrays.asList(options),
                        "serve",
                        "--config",
                        Servers.configuration(folder, "\"127.0.0.1:" + quiet.port() + '"', "guardrail")
                                .toString());
                IdleClients clients = new IdleClients(proxy.port(), Servers.DATABASE, Servers.USER, Servers.PASSWORD)) {
            measure(proxy, clients);
        }
    }

    private static void measure(Child proxy, IdleClients clients)
            throws IOException, SQLException, InterruptedException {
        System.out.println("| clients | resident | resident, garbage collected | for each client |");
        System.out.println("|---|---:|---:|---:|");
        long empty = 0;
        for (int count : STEPS) {
            clients.grow(count);
            clients.askAll();
            empty = row(count + " idle", count, proxy, empty);
            if (count == BUSY) {
                clients.work(WORK);
                row(count + " busy", count, proxy, empty);
            }
        }
    }

    /** Gives what is resident without garbage if there are no clients, else {@code empty}. */
    private static long row(String clients, int count, Child proxy, long empty)
            throws IOException, InterruptedException {
        long asItIs = proxy.residentBytes();
        proxy.collectGarbage();
        long kept = proxy.residentBytes();
        String each = count == 0 ? "" : String.format(Locale.ROOT, "%.1f KiB", (kept - empty) / 1024.0 / count);
        System.out.printf("| %s | %d MiB | %d MiB | %s |%n", clients, asItIs >> 20, kept >> 20, each);
        return count == 0 ? kept : empty;
    }
}
