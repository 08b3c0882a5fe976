package io.holdfast.proxy.targets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same command once for each way in which files of variables may be loaded, as nobody can see from outside whether it loads them: what
 * is said in {@code .env} must hide nothing that holds without it, and the other way round.
 */
final class Views {
    private final Surroundings usual;
    private final List<Surroundings> all = new ArrayList<>();

    /** @param around in which all files are loaded */
    Views(Surroundings around) {
        this.usual = around;
        for (List<Path> files : EnvLayers.of(around.files())) {
            all.add(files.equals(around.files()) ? around : around.loading(files));
        }
    }

    /**
     * What is found in any of these views; the same place in several is one finding.
     *
     * <p>A variable that is only in {@code .env} has no value without it. What that means is up to what needs it. Ruby's {@code ENV.fetch("X")},
     * Prisma's {@code env("X")}, Sequelize's {@code use_env_variable}, a {@code url} that is left empty, {@code ${X}} in Spring's address: the
     * framework stops, or takes an address that is none, so no database is reached that way, and nothing is said. {@code
     * ENV.fetch("X", "db1")}, {@code ${X:db1}}, {@code ENV["X"] || "db1"}, an empty {@code host}, a part of Flyway's address, a profile that is not
     * chosen: it goes on with
     * what stands in the file, or with localhost, and that is found. A login that is missing moves nothing: it is the same database, and
     * the login that another view has may ask it.
     */
    List<Finding> look(Function<Surroundings, List<Finding>> eyes) {
        Surroundings expected = all.stream()
                .filter(view -> view.variables().equals(usual.variables()))
                .findFirst()
                .orElse(usual);
        return merged(all, expected, null, eyes);
    }

    /** The same for what stands in one of the files, which is loaded then; by itself, usually. */
    List<Finding> look(Path file, Function<Surroundings, List<Finding>> eyes) {
        List<Surroundings> with =
                all.stream().filter(view -> view.files().contains(file)).toList();
        return merged(with, with.getFirst(), file, eyes);
    }

    /** A database of one name in several views. */
    private static final class Group {
        final List<Surroundings> views = new ArrayList<>();
        final Set<Finding> findings = new LinkedHashSet<>();
    }

    private List<Finding> merged(
            List<Surroundings> views,
            Surroundings expected,
            @Nullable Path origin,
            Function<Surroundings, List<Finding>> eyes) {
        Map<Map<String, String>, Surroundings> different = new LinkedHashMap<>();
        different.put(expected.variables(), expected); // its findings come first, in its order
        views.forEach(view -> different.putIfAbsent(view.variables(), view));
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        for (Surroundings view : different.values()) {
            for (Finding finding : eyes.apply(view)) {
                Group group = groups.computeIfAbsent(identity(finding), key -> new Group());
                group.views.add(view);
                group.findings.add(finding);
            }
        }
        List<Finding> found = new ArrayList<>();
        for (Group group : groups.values()) {
            boolean isUsual = group.views.contains(expected);
            Finding first = group.findings.iterator().next();
            if (isUsual || !first.leadsNowhere()) {
                boolean always = group.views.size() == different.size();
                found.add(together(group.findings).in(always ? View.EVERY : view(group, isUsual, origin)));
            }
        }
        return found;
    }

    private static List<Object> identity(Finding finding) {
        return switch (finding) {
            case Finding.Database database ->
                List.of(
                        database.name(),
                        database.target().servers(),
                        database.target().database());
            case Finding.Unreadable unreadable -> List.of(unreadable.name(), unreadable.problem());
            case Finding.PassedOver passedOver -> List.of(passedOver.name(), passedOver.why());
        };
    }

    /** As the usual view has it, with the logins of others. */
    private static Finding together(Set<Finding> findings) {
        Finding first = findings.iterator().next();
        if (!(first instanceof Finding.Database database)) {
            return first;
        }
        List<Target> others = findings.stream()
                .skip(1) // of one identity, so of one kind
                .map(Finding.Database.class::cast)
                .map(Finding.Database::target)
                .toList();
        return new Finding.Database(database.name(), database.view(), database.target(), others);
    }

    /** For a file's own findings, the other files count. */
    private View view(Group group, boolean isUsual, @Nullable Path origin) {
        List<Path> fewest = group.views.stream()
                .map(Surroundings::files)
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        boolean without = fewest.isEmpty() && !isUsual;
        return new View(
                fewest.stream()
                        .filter(file -> !file.equals(origin))
                        .map(usual::name)
                        .toList(),
                without ? left() : "",
                isUsual);
    }

    private String left() {
        return usual.files().size() == 1 ? usual.name(usual.files().getFirst()) : ".env files";
    }
}
