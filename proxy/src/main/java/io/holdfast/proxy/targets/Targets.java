package io.holdfast.proxy.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From settings to a target: what is not said is looked up where a driver would. */
final class Targets {
    private static final String DEFAULT_PORT = "5432";
    private static final List<Path> SOCKET_FOLDERS = List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final Map<String, String> environment;

    Targets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What libpq, and with it psql, Ruby, Python and PHP, connects to. A service comes before the environment's variables.
     *
     * @throws TargetProblem if it cannot be told
     */
    Target ofLibpq(Settings said) throws TargetProblem {
        String service = said.get("service").orElse(environment.getOrDefault("PGSERVICE", ""));
        if (!service.isEmpty()) {
            said.orElse(ServiceFile.find(service, PgVariables.serviceFiles(environment)));
        }
        return target(said.orElse(PgVariables.read(environment)), false);
    }

    /**
     * What a program connects to that hands a driver parts: libpq's variables fill in the rest, but for where it is.
     *
     * @throws TargetProblem if it cannot be told
     */
    Target ofParts(Settings said) throws TargetProblem {
        Settings variables = PgVariables.read(environment);
        for (String name : List.of("port", "dbname", "user", "password", "passfile", "sslmode", "sslrootcert")) {
            variables.get(name).ifPresent(value -> said.orElse(name, value));
        }
        return target(said, false);
    }

    /**
     * What a driver of the JVM connects to, which knows no variables.
     *
     * @throws TargetProblem if it cannot be told
     */
    Target ofJdbc(Settings said) throws TargetProblem {
        return target(said, true);
    }

    private Target target(Settings settings, boolean jdbc) throws TargetProblem {
        settings.orElse("user", environment.getOrDefault("USER", System.getProperty("user.name", "")));
        String user = settings.get("user").orElse("");
        settings.orElse("dbname", user);
        String database = settings.get("dbname").orElse("");
        List<Server> servers = servers(settings, jdbc);
        boolean loginKnown =
                servers.size() == 1 && settings.isLoginKnown(); // a file of passwords may have one for each
        if (!jdbc && settings.get("password").isEmpty()) {
            Path file = settings.get("passfile")
                    .map(Path::of)
                    .orElseGet(() -> PgVariables.home(environment).resolve(".pgpass"));
            PassFile.find(file, servers.getFirst(), database, user)
                    .ifPresent(password -> settings.set("password", password));
        }
        tls(settings);
        return new Target(servers, database, user, settings.get("password").orElse(null), settings.tls(), loginKnown);
    }

    /** node-postgres' {@code no-verify} is what others call {@code require}; {@code ssl=true} is an old word for it. */
    private static void tls(Settings settings) {
        String ssl = settings.get("ssl").orElse("");
        if (settings.get("sslmode").isEmpty() && (ssl.equals("true") || ssl.equals("1"))) {
            settings.set("sslmode", "require");
        }
        settings.get("sslmode")
                .filter(mode -> !SSL_MODES.contains(mode))
                .ifPresent(mode -> settings.set("sslmode", "require"));
    }

    private static List<Server> servers(Settings settings, boolean jdbc) throws TargetProblem {
        List<String> hosts = list(settings, "host");
        List<String> addresses = list(settings, "hostaddr");
        List<String> ports = list(settings, "port");
        int count = Math.max(1, Math.max(hosts.size(), addresses.size()));
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String address = at(addresses, i);
            int port = port(ports.size() == 1 ? ports.getFirst() : at(ports, i));
            servers.add(server(address.isEmpty() ? at(hosts, i) : address, port, jdbc));
        }
        return servers;
    }

    private static List<String> list(Settings settings, String name) {
        return settings.get(name).map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    private static String at(List<String> list, int i) {
        return i < list.size() ? list.get(i).strip() : "";
    }

    private static int port(String text) throws TargetProblem {
        String number = text.isEmpty() ? DEFAULT_PORT : text;
        if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > 65_535) {
            throw new TargetProblem("its port is no number from 1 to 65535");
        }
        return Integer.parseInt(number);
    }

    private static Server server(String host, int port, boolean jdbc) throws TargetProblem {
        if (host.startsWith("/")) {
            return new Server.Unix(Path.of(host), port);
        }
        if (host.startsWith("@")) {
            throw new TargetProblem("a socket in the abstract name space cannot be asked");
        }
        if (!host.isEmpty()) {
            return new Server.Tcp(host, port);
        }
        if (!jdbc) {
            for (Path folder : SOCKET_FOLDERS) {
                Server.Unix unix = new Server.Unix(folder, port);
                if (Files.exists(unix.file())) {
                    return unix;
                }
            }
        }
        return new Server.Tcp("localhost", port);
    }
}
