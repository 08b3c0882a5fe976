package io.holdfast.proxy;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.proxy.cli.AuditCommand;
import io.holdfast.proxy.cli.CheckCommand;
import io.holdfast.proxy.cli.CiGuardCommand;
import io.holdfast.proxy.cli.DecideCommand;
import io.holdfast.proxy.cli.FreezeCommand;
import io.holdfast.proxy.cli.FrozenCommand;
import io.holdfast.proxy.cli.HoldfastCommand;
import io.holdfast.proxy.cli.HoldsCommand;
import io.holdfast.proxy.cli.ProxyStarter;
import io.holdfast.proxy.cli.ServeCommand;
import io.holdfast.proxy.cli.SessionsCommand;
import io.holdfast.proxy.cli.ShowCommand;
import io.holdfast.proxy.cli.ThawCommand;
import io.holdfast.proxy.cli.TokenCommand;
import io.holdfast.proxy.demo.DemoCommand;
import java.io.IOException;
import java.security.Security;
import picocli.CommandLine;

/** The entry point; the only place that wires services. */
public final class Main {
    /** How long the JDK keeps the address of a name. Its half minute is long for one that moves when a server takes over. */
    private static final String NAME_CACHE = "networkaddress.cache.ttl";

    private static final String NAME_CACHE_SECONDS = "5";

    /** Netty looks for lost buffers in one of 128, which costs a stack trace each. The tests look at all of them. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private Main() {}

    /** Runs one verb of the command line and exits with its code. */
    public static void main(String[] args) {
        if (Security.getProperty(NAME_CACHE) == null) {
            Security.setProperty(NAME_CACHE, NAME_CACHE_SECONDS);
        }
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        System.exit(commandLine(args).execute(args));
    }

    /** What runs before a test suite must not take long: the other verbs are not even loaded for it. */
    private static CommandLine commandLine(String[] args) {
        return args.length > 0 && args[0].equals(CiGuardCommand.NAME)
                ? new CommandLine(new HoldfastCommand()).addSubcommand(new CiGuardCommand(System.getenv()))
                : commandLine();
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new HoldfastCommand())
                .addSubcommand(new ServeCommand(Main::start))
                .addSubcommand(new CheckCommand(System.in))
                .addSubcommand(new CiGuardCommand(System.getenv()))
                .addSubcommand(new HoldsCommand(System.getenv()))
                .addSubcommand(new ShowCommand(System.getenv()))
                .addSubcommand(new DecideCommand.Approve(System.getenv()))
                .addSubcommand(new DecideCommand.Deny(System.getenv()))
                .addSubcommand(new FreezeCommand(System.getenv()))
                .addSubcommand(new ThawCommand(System.getenv()))
                .addSubcommand(new FrozenCommand(System.getenv()))
                .addSubcommand(new SessionsCommand(System.getenv()))
                .addSubcommand(new TokenCommand())
                .addSubcommand(new AuditCommand())
                .addSubcommand(new DemoCommand(Main::start));
        line.getCommandSpec().version(Version.text());
        return line;
    }

    private static ProxyStarter.RunningProxy start(HoldfastConfig config) throws IOException {
        Holdfast running = Holdfast.start(config);
        return new ProxyStarter.RunningProxy() {
            @Override
            public int port() {
                return running.port();
            }

            @Override
            public void close() {
                running.close();
            }
        };
    }
}
