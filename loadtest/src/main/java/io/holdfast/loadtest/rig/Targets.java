package io.holdfast.loadtest.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Targets in front of one primary, side by side, the baseline first. Holdfast knows no follower here: all read from the same server, so
 * that the proxies are compared, and not the servers.
 */
public final class Targets implements AutoCloseable {
    private final List<Target> targets = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private Targets() {}

    /** Starts those of the kinds that are installed. */
    public static Targets start(List<Kind> kinds, Scratch scratch, Servers servers, Terms terms)
            throws IOException, InterruptedException {
        Targets all = new Targets();
        try {
            all.targets.add(new Target(Kind.DIRECT.label(), servers.primaryPort(), terms.tls(), null));
            for (Kind kind : kinds) {
                all.add(kind, scratch, servers.primaryPort(), terms);
            }
            return all;
        } catch (IOException | InterruptedException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void add(Kind kind, Scratch scratch, int server, Terms terms) throws IOException, InterruptedException {
        switch (kind) {
            case DIRECT -> {} // always there
            case RELAY -> add(kind, terms, Child.jvm(Relay.class, terms.jvm(), Integer.toString(server)));
            case HOLDFAST -> add(kind, terms, holdfast("guardrail", scratch, server, terms, terms.jvm()));
            case VARIANT -> add(kind, terms, holdfast("guardrail", scratch, server, terms, terms.allOfVariant()));
            case OBSERVE -> add(kind, terms, holdfast("observe", scratch, server, terms, terms.jvm()));
            case HAPROXY -> {
                Optional<Path> program = installed(kind);
                if (program.isPresent()) {
                    add(kind, terms, HaProxy.start(program.get(), scratch, server));
                }
            }
            case PGBOUNCER -> {
                Optional<Path> program = installed(kind);
                if (program.isPresent()) {
                    add(
                            kind,
                            terms,
                            PgBouncer.start(program.get(), scratch, server, terms.bouncerAuth(), terms.certificate()));
                }
            }
        }
    }

    private void add(Kind kind, Terms terms, Child child) {
        targets.add(new Target(kind.label(), child.port(), terms.tls(), child));
    }

    private static Child holdfast(String preset, Scratch scratch, int server, Terms terms, List<String> jvm)
            throws IOException {
        return HoldfastProxy.start(scratch, new HoldfastProxy.Plan(List.of(server), preset, terms.certificate()), jvm);
    }

    private Optional<Path> installed(Kind kind) {
        Optional<Path> program = Programs.find(kind.label());
        if (program.isEmpty()) {
            missing.add(kind.label());
        }
        return program;
    }

    public List<Target> all() {
        return List.copyOf(targets);
    }

    /** Programs that are not installed. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public void close() {
        for (Target target : targets) {
            if (target.child() != null) {
                target.child().close();
            }
        }
    }
}
