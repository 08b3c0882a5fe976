package io.holdfast.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL's programs run. An ordinary user runs them as himself. PostgreSQL refuses root, so root hands them
 * to user {@code postgres}, or {@code nobody} where there is none, by the first of setpriv, runuser and su that works.
 *
 * @param user to change to; null: stay who we are
 * @param prefix put before every command
 * @param serverPrefix put before the command of a server: it leaves the terminal's process group, so that Ctrl-C reaches
 *     us alone, and, where setpriv knows how, stops when we die
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">PR_SET_PDEATHSIG</a>
 */
record RunAs(@Nullable UserPrincipal user, List<String> prefix, List<String> serverPrefix) {
    /** SIGINT is PostgreSQL's fast shutdown. */
    private static final String STOP_WITH_US = "--pdeathsig=INT";

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** Finds out by trying. */
    static RunAs detect() throws IOException {
        boolean stopsWithUs = works(List.of("setpriv", STOP_WITH_US, "--"));
        if (!isRoot()) {
            return new RunAs(null, List.of(), server(stopsWithUs ? List.of("setpriv", STOP_WITH_US, "--") : List.of()));
        }
        UserPrincipal user = unprivilegedUser();
        List<String> setpriv = List.of(
                "setpriv", "--reuid=" + user.getName(), "--regid=" + groupOf(user), "--clear-groups", "--no-new-privs");
        if (works(with(setpriv, "--"))) {
            List<String> server = stopsWithUs ? with(setpriv, STOP_WITH_US) : setpriv;
            return new RunAs(user, with(setpriv, "--"), server(with(server, "--")));
        }
        List<String> runuser = List.of("runuser", "-u", user.getName(), "--");
        List<String> su = List.of("su", "-s", "/bin/sh", user.getName(), "-c", "exec \"$0\" \"$@\"", "--");
        return Stream.of(runuser, su)
                .filter(RunAs::works)
                .findFirst()
                .map(prefix -> new RunAs(user, prefix, server(prefix)))
                .orElseThrow(
                        () -> new PostgresException("PostgreSQL refuses to run as root, and neither setpriv, runuser"
                                + " nor su can become user " + user.getName() + "; start as an ordinary user"));
    }

    List<String> command(List<String> program) {
        return Stream.concat(prefix.stream(), program.stream()).toList();
    }

    List<String> serverCommand(List<String> program) {
        return Stream.concat(serverPrefix.stream(), program.stream()).toList();
    }

    /** Gives a file or folder to the user. */
    void own(Path path) throws IOException {
        if (user != null) {
            Files.setOwner(path, user);
        }
    }

    /** Says at once which folder keeps the user out; initdb would say it less clearly. */
    void requireTraversable(Path folder) throws IOException {
        if (user == null) {
            return;
        }
        for (Path parent = folder.toRealPath().getParent(); parent != null; parent = parent.getParent()) {
            boolean open = Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)
                    || Files.getOwner(parent).equals(user);
            if (!open) {
                throw new PostgresException("started by root, PostgreSQL runs as user " + user.getName()
                        + ", who cannot enter " + parent + "; choose another directory");
            }
        }
    }

    private static List<String> server(List<String> prefix) {
        return works(List.of("setsid"))
                ? Stream.concat(Stream.of("setsid"), prefix.stream()).toList()
                : prefix;
    }

    private static boolean works(List<String> prefix) {
        try {
            return Programs.run(with(prefix, "true"), Path.of("/")).exitCode() == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }

    private static UserPrincipal unprivilegedUser() throws IOException {
        UserPrincipal postgres = lookup("postgres");
        UserPrincipal user = postgres == null ? lookup("nobody") : postgres;
        if (user == null) {
            throw new PostgresException(
                    "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody");
        }
        return user;
    }

    private static @Nullable UserPrincipal lookup(String name) throws IOException {
        try {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            return null;
        }
    }

    private static String groupOf(UserPrincipal user) throws IOException {
        return Programs.run(List.of("id", "-g", user.getName()), Path.of("/"))
                .output()
                .strip();
    }

    private static List<String> with(List<String> prefix, String last) {
        var command = new ArrayList<>(prefix);
        command.add(last);
        return List.copyOf(command);
    }
}
