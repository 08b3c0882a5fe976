package io.holdfast.proxy.targets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database that a command would use.
 *
 * @param servers all that a driver may choose from; at least one
 * @param password null: none is known
 * @param tls {@code sslmode} and the like, in the words that libpq and pgjdbc share
 * @param loginKnown whether the command has this login and no other; else a part of it may come from where nobody looks here
 */
public record Target(
        List<Server> servers,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> tls,
        boolean loginKnown) {
    public Target {
        servers = List.copyOf(servers);
        tls = Map.copyOf(tls);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: none (expected: at least one)");
        }
    }

    /** The same server, another database. */
    public Target in(String other) {
        return new Target(servers, other, user, password, tls, loginKnown);
    }

    /** For people: everything but secrets, made anew rather than cut out of what was given. */
    public String masked() {
        String hosts = servers.stream().map(Server::toString).collect(Collectors.joining(","));
        String login = user + (password == null ? "" : ":***") + '@';
        String options = new TreeMap<>(tls)
                .entrySet().stream()
                        .map(option -> option.getKey() + '=' + option.getValue())
                        .collect(Collectors.joining("&"));
        return "postgres://" + login + hosts + '/' + database + (options.isEmpty() ? "" : '?' + options);
    }

    @Override
    public String toString() {
        return masked();
    }
}
