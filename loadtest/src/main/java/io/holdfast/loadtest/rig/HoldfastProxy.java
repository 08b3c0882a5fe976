package io.holdfast.loadtest.rig;

import io.holdfast.proxy.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holdfast in a process of its own, as {@code holdfast serve} starts it. */
public final class HoldfastProxy {
    private HoldfastProxy() {}

    /**
     * How it is configured.
     *
     * @param hosts ports of the servers on loopback
     * @param preset as in the configuration
     * @param certificate towards clients; null: no TLS
     */
    public record Plan(
            List<Integer> hosts, String preset, @Nullable Certificate certificate) {
        /** With these servers, preset guardrail, no TLS. */
        public static Plan guardrail(int... hosts) {
            return new Plan(Arrays.stream(hosts).boxed().toList(), "guardrail", null);
        }
    }

    /**
     * Starts one.
     *
     * @param jvm options of its JVM
     */
    public static Child start(Scratch scratch, Plan plan, List<String> jvm) throws IOException {
        return Child.jvm(Main.class, jvm, "serve", "--config", file(scratch, plan));
    }

    /**
     * Starts one by the launcher.
     *
     * @param jvm options of its JVM, separated by blanks
     */
    public static Child launch(Scratch scratch, Plan plan, String jvm) throws IOException {
        return Child.launcher(jvm, "serve", "--config", file(scratch, plan));
    }

    private static String file(Scratch scratch, Plan plan) throws IOException {
        Path file = scratch.newFolder("proxy").resolve("holdfast.yaml");
        return Files.writeString(file, configuration(plan)).toString();
    }

    private static String configuration(Plan plan) {
        String hosts =
                plan.hosts().stream().map(port -> "\"127.0.0.1:" + port + '"').collect(Collectors.joining(", "));
        Certificate shown = plan.certificate();
        String tls = shown == null
                ? ""
                : "tls: { certificate: \"%s\", key: \"%s\" }".formatted(shown.certificate(), shown.key());
        return """
                listen: 127.0.0.1:0
                admin: off
                %s
                upstream:
                  environment: production
                  hosts: [%s]
                  account: { user: holdfast, password: %s, database: %s }
                  auth-query: SELECT * FROM holdfast.lookup(?)
                protect:
                  preset: %s
                limits:
                  max-clients: 20000
                people:
                  - { name: cy, approves: true }
                  - { name: di, approves: true }
                """.formatted(tls, hosts, Servers.PASSWORD, Servers.DATABASE, plan.preset());
    }
}
