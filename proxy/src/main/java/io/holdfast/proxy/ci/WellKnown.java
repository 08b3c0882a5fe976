package io.holdfast.proxy.ci;

import java.util.List;

/**
 * What test tools and CI runners call themselves in application_name.
 *
 * <p>Only names that no person's tool and no service has: a wrong refusal teaches people to switch the guard off. So there is no
 * {@code *test*}, which {@code latest_test} would match, no {@code rails}, which is a console as often as a suite, and no {@code
 * travis}, which is a first name. What a driver says by itself, such as {@code PostgreSQL JDBC Driver}, tells nothing.
 */
final class WellKnown {
    private static final List<String> TOOLS = List.of(
            // Ruby: the pg gem says $PROGRAM_NAME, of a long path the first 30 and the last 30 characters.
            "rspec",
            "*/rspec",
            "*/parallel_rspec",
            "*/turbo_tests",
            "cucumber",
            "*/bin/cucumber",
            "*rake_test_loader.rb",
            // Spring's server for Rails names itself so.
            "spring app *| test mode",
            // Python: PGAPPNAME, or sys.argv[0] as many settings files have it.
            "pytest",
            "pytest *",
            "pytest-*",
            "*/pytest",
            "*/pytest/__main__.py",
            "py.test",
            "*/py.test",
            // Node: PGAPPNAME, or process.title; workers number themselves.
            "jest",
            "jest-*",
            "jest worker *",
            "*/.bin/jest",
            "vitest",
            "vitest-*",
            "vitest *",
            "node (vitest*",
            "*/.bin/vitest",
            // PHP.
            "phpunit",
            "*/phpunit",
            "paratest",
            "*/paratest",
            // JVM: the process, or what sun.java.command says of it.
            "*Gradle Test Executor *",
            "*surefirebooter*",
            "*surefire.booter.ForkedBooter*",
            "com.intellij.rt.junit.JUnitStarter*",
            // .NET: the process in which dotnet test runs tests.
            "testhost",
            "testhost.exe",
            "testhost.x86",
            // Go: the binary that go test builds; a bare shop.test could be a domain.
            "*/go-build*.test",
            "Testcontainers*");

    private static final List<String> RUNNERS = List.of(
            "github-actions*",
            "github actions*",
            "gitlab-runner*",
            "gitlab-ci*",
            "travis-ci*",
            "circleci*",
            "buildkite-agent*",
            "bitbucket-pipelines*",
            "azure-pipelines*",
            "teamcity-agent*",
            "jenkins",
            "jenkins-*",
            "woodpecker-ci*",
            "drone-runner*");

    /** Tools first. */
    static final List<ApplicationPattern> NAMES = java.util.stream.Stream.concat(TOOLS.stream(), RUNNERS.stream())
            .map(ApplicationPattern::new)
            .toList();

    private WellKnown() {}
}
