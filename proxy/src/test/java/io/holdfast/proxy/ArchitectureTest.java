package io.holdfast.proxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.stream.Stream;

/** Who may know whom. The module that sees all classes keeps the rules of all. */
@AnalyzeClasses(packages = "io.holdfast", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PROXY = "io.holdfast.proxy.";
    private static final String[] EFFECTS = {
        "io.netty..", "io.micrometer..", "org.slf4j..", "java.sql..", "java.nio.file..", "java.nio.channels.."
    };

    @ArchTest
    static final ArchRule protocolKnowsBytesOnly = classes()
            .that()
            .resideInAPackage("io.holdfast.protocol..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.holdfast.protocol..",
                    "java..",
                    "javax.crypto..",
                    "io.netty.buffer..",
                    "io.netty.util..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule configIsRecordsWithoutBehaviour = classes()
            .that()
            .resideInAPackage("io.holdfast.config")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.holdfast.config", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule postgresServersKnowNothingOfTheProxy = noClasses()
            .that()
            .resideInAPackage("io.holdfast.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.holdfast.proxy..", "io.holdfast.config..", "io.holdfast.protocol..");

    @ArchTest
    static final ArchRule statementStandsAlone = the("statement").should().onlyDependOnClassesThat(ours("statement"));

    @ArchTest
    static final ArchRule policyKnowsStatementsAndRules =
            the("policy").should().onlyDependOnClassesThat(ours("policy", "statement"));

    @ArchTest
    static final ArchRule statementAndPolicyTouchNothing =
            the("statement", "catalog", "policy").should().onlyDependOnClassesThat(not(resideInAnyPackage(EFFECTS)));

    @ArchTest
    static final ArchRule approvalKnowsPeopleAndStatements =
            the("approval").should().onlyDependOnClassesThat(ours("approval", "statement"));

    @ArchTest
    static final ArchRule approvalKnowsNoNetwork = noClasses()
            .that()
            .resideInAPackage(PROXY + "approval..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.sql..", "java.net..", "java.nio.file..");

    @ArchTest
    static final ArchRule storeKeepsWhatApprovalDecides =
            the("store").should().onlyDependOnClassesThat(ours("store", "approval", "audit", "statement"));

    @ArchTest
    static final ArchRule onlyTheStoreKnowsItsDatabase = noClasses()
            .that()
            .resideOutsideOfPackage(PROXY + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.flywaydb..", "org.h2..");

    @ArchTest
    static final ArchRule onlyWhoOpensConnectionsKnowsThePool = noClasses()
            .that()
            .resideOutsideOfPackages(PROXY + "store..", PROXY + "upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule auditKnowsHoldsAndStatements =
            the("audit").should().onlyDependOnClassesThat(ours("audit", "approval", "statement"));

    @ArchTest
    static final ArchRule upstreamKnowsServersAndWhatIsAskedOfThem = the("upstream")
            .should()
            .onlyDependOnClassesThat(ours("upstream", "catalog", "value", "approval", "statement", "ci", "error"));

    @ArchTest
    static final ArchRule catalogKnowsStatements =
            the("catalog").should().onlyDependOnClassesThat(ours("catalog", "statement", "value"));

    @ArchTest
    static final ArchRule valuesStandAlone = the("value").should().onlyDependOnClassesThat(ours("value"));

    @ArchTest
    static final ArchRule valuesTouchNothing =
            the("value").should().onlyDependOnClassesThat(not(resideInAnyPackage(EFFECTS)));

    @ArchTest
    static final ArchRule sessionDecidesAndKnowsNoPipeline = the("session")
            .should()
            .onlyDependOnClassesThat(ours(
                    "session",
                    "catalog",
                    "ci",
                    "estimate",
                    "policy",
                    "approval",
                    "audit",
                    "upstream",
                    "statement",
                    "value",
                    "error",
                    "metrics"));

    @ArchTest
    static final ArchRule consoleAsksTheServicesThatDecide = the("console")
            .should()
            .onlyDependOnClassesThat(ours("console", "approval", "audit", "impact", "insight", "statement", "error"));

    @ArchTest
    static final ArchRule notifyTellsOfHoldsAndTakesDecisions = the("notify")
            .should()
            .onlyDependOnClassesThat(
                    ours("notify", "approval", "audit", "ci", "console", "error", "impact", "statement", "metrics"));

    @ArchTest
    static final ArchRule onlyTheRootPackageKnowsWhoIsNotified = classes()
            .that()
            .resideInAPackage(PROXY + "notify..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(PROXY + "notify..", "io.holdfast.proxy");

    @ArchTest
    static final ArchRule onlyNotifyKnowsSlacksModels = noClasses()
            .that()
            .resideOutsideOfPackage(PROXY + "notify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.slack..", "com.google.gson..");

    @ArchTest
    static final ArchRule webShowsWhatTheConsoleShows =
            the("web").should().onlyDependOnClassesThat(ours("web", "console", "approval", "insight", "statement"));

    @ArchTest
    static final ArchRule nobodyKnowsTheWebPage = classes()
            .that()
            .resideInAPackage(PROXY + "web..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(PROXY + "web..", "io.holdfast.proxy");

    @ArchTest
    static final ArchRule insightKnowsStatementsOnly =
            the("insight").should().onlyDependOnClassesThat(ours("insight", "statement"));

    @ArchTest
    static final ArchRule impactAsksServersAboutHeldStatements = the("impact")
            .should()
            .onlyDependOnClassesThat(
                    ours("impact", "estimate", "insight", "approval", "audit", "upstream", "policy", "statement"));

    @ArchTest
    static final ArchRule estimatesAreAskedForByNumber =
            the("estimate").should().onlyDependOnClassesThat(ours("estimate", "policy", "approval", "statement"));

    @ArchTest
    static final ArchRule estimatesTouchNothing =
            the("estimate").should().onlyDependOnClassesThat(not(resideInAnyPackage(EFFECTS)));

    @ArchTest
    static final ArchRule noVerdictDependsOnImpact = classes()
            .that()
            .resideInAPackage(PROXY + "impact..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(PROXY + "impact..", PROXY + "console..", PROXY + "notify..", "io.holdfast.proxy");

    @ArchTest
    static final ArchRule onlyInsightKnowsJSqlParser = noClasses()
            .that()
            .resideOutsideOfPackages(PROXY + "insight..", "io.holdfast.loadtest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.sf.jsqlparser..");

    @ArchTest
    static final ArchRule insightIsForPeopleAndForWhatIsMeasured = classes()
            .that()
            .resideInAPackage(PROXY + "insight..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(PROXY + "insight..", PROXY + "console..", PROXY + "impact..", "io.holdfast.proxy");

    @ArchTest
    static final ArchRule theCiGuardKnowsStatementsAndErrors =
            the("ci").should().onlyDependOnClassesThat(ours("ci", "statement", "error"));

    @ArchTest
    static final ArchRule theCiGuardTouchesNothing =
            the("ci").should().onlyDependOnClassesThat(not(resideInAnyPackage(EFFECTS)));

    @ArchTest
    static final ArchRule errorIsALeaf = the("error").should().onlyDependOnClassesThat(ours("error"));

    @ArchTest
    static final ArchRule metricsIsALeaf = the("metrics").should().onlyDependOnClassesThat(ours("metrics"));

    @ArchTest
    static final ArchRule nobodyBelowKnowsNet = classes()
            .that()
            .resideInAPackage(PROXY + "net..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(PROXY + "net..", "io.holdfast.proxy");

    @ArchTest
    static final ArchRule demoGetsItsProxyHandedIn =
            the("demo").should().onlyDependOnClassesThat(ours("cli", "demo", "audit", "console"));

    @ArchTest
    static final ArchRule commandsAskThePartsThatDecide = the("cli")
            .should()
            .onlyDependOnClassesThat(ours(
                    "cli",
                    "guard",
                    "targets",
                    "session",
                    "catalog",
                    "ci",
                    "error",
                    "upstream",
                    "policy",
                    "statement",
                    "approval",
                    "audit",
                    "store",
                    "console"));

    @ArchTest
    static final ArchRule theGuardOfCommandsAsksWhatDatabasesAre =
            the("guard").should().onlyDependOnClassesThat(ours("guard", "targets", "ci", "upstream", "audit"));

    @ArchTest
    static final ArchRule whatFindsTargetsStandsAlone =
            the("targets").should().onlyDependOnClassesThat(ours("targets"));

    @ArchTest
    static final ArchRule whatFindsTargetsConnectsToNothing = the("targets")
            .should()
            .onlyDependOnClassesThat(not(resideInAnyPackage("java.sql..", "org.postgresql..", "io.netty.."))
                    .and(not(type(java.net.InetAddress.class).or(type(java.net.Socket.class)))));

    @ArchTest
    static final ArchRule onlyTheRootPackageWires = noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.proxy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.holdfast.proxy");

    @ArchTest
    static final ArchRule packagesOfTheProxyHaveNoCycles =
            slices().matching("io.holdfast.proxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.holdfast.(*).(*)..").should().beFreeOfCycles();

    private static GivenClassesConjunction the(String... packages) {
        return classes().that(resideInAnyPackage(names(packages)));
    }

    /** These packages of the proxy, and whatever is not of the proxy. */
    private static DescribedPredicate<JavaClass> ours(String... packages) {
        return resideInAnyPackage(names(packages)).or(not(resideInAPackage(PROXY + ".")));
    }

    private static String[] names(String... packages) {
        return Stream.of(packages).map(name -> PROXY + name + "..").toArray(String[]::new);
    }
}
