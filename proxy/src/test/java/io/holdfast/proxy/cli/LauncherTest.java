package io.holdfast.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, in a project and with JDKs and a Maven that only say what they were asked. */
class LauncherTest {
    private static final String ECHO = "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n";

    @TempDir
    private Path folder;

    private Path project;
    private Path jar;
    private Path suitable;

    private record Run(int exitCode, String output) {}

    @BeforeEach
    void layOut() throws IOException {
        project = folder.toRealPath().resolve("a project");
        jar = project.resolve("proxy/target/holdfast.jar");
        Files.createDirectories(jar.resolveSibling("lib"));
        Files.createFile(jar);
        Files.copy(Path.of(System.getProperty("holdfast.root"), "holdfast"), project.resolve("holdfast"));
        suitable = jdk("jdk-25", "25.0.3");
    }

    @Test
    void argumentsReachMainAsTheyAre() throws Exception {
        Run run = launch(Map.of("HOLDFAST_JAVA_HOME", suitable.toString()), "demo", "--keep", "a b", "");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .endsWith("<-cp>\n<" + jar + ">\n<io.holdfast.proxy.Main>\n<demo>\n<--keep>\n<a b>\n<>\n");
    }

    @Test
    void ownJvmOptionsComeLastAndAreSplitIntoWords() throws Exception {
        Run run = launch(
                Map.of("HOLDFAST_JAVA_HOME", suitable.toString(), "HOLDFAST_JAVA_OPTS", "-Xmx64m -Dstdout.encoding=x"));

        assertThat(run.output()).contains("<-Xmx64m>\n<-Dstdout.encoding=x>\n<-cp>\n");
    }

    @Test
    void linkToTheLauncherFindsTheProject() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("holdfast"), Path.of("../a project/holdfast"));

        Run run = run(link, Map.of("HOLDFAST_JAVA_HOME", suitable.toString()));

        assertThat(run.output()).contains("<" + jar + ">");
    }

    @Test
    void javaHomeThatIsTooOldIsPassedOver() throws Exception {
        Run run = launch(Map.of(
                "JAVA_HOME",
                jdk("jdk-17", "17.0.9").toString(),
                "PATH",
                suitable.resolve("bin") + ":" + System.getenv("PATH")));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("<io.holdfast.proxy.Main>");
    }

    @Test
    void jdkThatWasAskedForAndIsTooOldEndsInOneLine() throws Exception {
        Path old = jdk("jdk-24", "24");

        Run run = launch(Map.of("HOLDFAST_JAVA_HOME", old.toString()));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .isEqualTo("holdfast: HOLDFAST_JAVA_HOME: " + old + " (expected: a JDK, version 25 or later)\n");
    }

    @Test
    void newerSourcesAreBuiltFirst() throws Exception {
        Files.createFile(project.resolve("pom.xml"));
        Path source = Files.createDirectories(project.resolve("proxy/src/main")).resolve("New.java");
        Files.createFile(source);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        executable(suitable.resolve("bin/javac"), ECHO);
        Path asked = project.resolve("asked");
        executable(folder.resolve("tools/mvn"), "#!/bin/sh\nprintf '%s ' \"$@\" >>'" + asked + "'\n");
        Map<String, String> environment = Map.of(
                "HOLDFAST_JAVA_HOME",
                suitable.toString(),
                "PATH",
                folder.resolve("tools") + ":" + System.getenv("PATH"));

        Run built = launch(environment);
        Run again = launch(environment);

        assertThat(built.output()).startsWith("holdfast: building").contains("<io.holdfast.proxy.Main>");
        assertThat(again.output()).doesNotContain("building");
        assertThat(asked).content().containsOnlyOnce("package");
    }

    @Test
    void aProxyIsPreparedForOnce() throws Exception {
        Path cache = jar.resolveSibling("holdfast.aot");
        Path trained = project.resolve("trained");
        executable(suitable.resolve("bin/java"), """
                #!/bin/sh
                for argument; do
                  case $argument in
                    -XX:AOTCacheOutput=*)
                      echo trained >>'%s'
                      echo classes >"${argument#*=}"
                      exit
                      ;;
                  esac
                done
                printf '<%%s>\\n' "$@"
                """.formatted(trained));
        Map<String, String> environment = Map.of("HOLDFAST_JAVA_HOME", suitable.toString());

        launch(environment, "check");
        assertThat(cache).doesNotExist();
        Run first = launch(environment, "serve", "--config", "x");
        Run second = launch(environment, "demo");

        assertThat(first.output()).contains("<-XX:AOTCache=" + cache + ">\n").endsWith("<serve>\n<--config>\n<x>\n");
        assertThat(second.output()).endsWith("<demo>\n");
        assertThat(cache).hasContent("classes\n");
        assertThat(trained).hasContent("trained\n");
    }

    @Test
    void whatTheGuardLetsPassTakesTheLaunchersPlace() throws Exception {
        executable(suitable.resolve("bin/java"), "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\nexit 90\n");

        Run run = launch(
                Map.of("HOLDFAST_JAVA_HOME", suitable.toString()),
                "ci-guard", "--wait", "3", "--", "sh", "-c", "echo \"$0 is $$, of $PPID\"; kill -TERM $$", "a b", "--");

        assertThat(run.output()).contains("<ci-guard>\n<--wait>\n<3>\n<-->\n<sh>\n").contains("a b is ");
        assertThat(run.output()).contains(", of " + ProcessHandle.current().pid()).as("no process in between");
        assertThat(run.exitCode()).isEqualTo(143);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void whatTheGuardDoesNotLetPassIsNotStarted(int code) throws Exception {
        executable(suitable.resolve("bin/java"), "#!/bin/sh\nexit " + code + "\n");

        Run run = launch(
                Map.of("HOLDFAST_JAVA_HOME", suitable.toString()), "ci-guard", "--", "sh", "-c", "echo started; exit 8");

        assertThat(run.output()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(code);
    }

    @Test
    void withoutBuildAndSourcesItSaysSo() throws Exception {
        Files.delete(jar);

        Run run = launch(Map.of("HOLDFAST_JAVA_HOME", suitable.toString()));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEqualTo("holdfast: no proxy/target/holdfast.jar, and no sources to build it from\n");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        executable(home.resolve("bin/java"), ECHO);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(Map<String, String> environment, String... arguments) throws Exception {
        return run(project.resolve("holdfast"), environment, arguments);
    }

    private static Run run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "HOLDFAST_JAVA_HOME", "HOLDFAST_JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
