package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Actor;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.LoginObserver;
import io.holdfast.proxy.approval.LoginObserver.Result;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.console.ConsoleResult.Done;
import io.holdfast.proxy.console.ConsoleResult.Failed;
import io.holdfast.proxy.console.ConsoleResult.Rows;
import io.holdfast.proxy.console.ConsoleSources.NameValue;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the admin database. Every login may ask; what others send is shown only to configured persons, and only they
 * decide. Safe for use by many threads; a command may block while the control store answers.
 */
public final class Console {
    private static final List<List<@Nullable String>> HELP = List.of(
            List.of("SHOW HOLDS", "statements that wait for a decision, then those that have ended"),
            List.of("SHOW HOLD id", "everything about one: text, values, decisions, outcome"),
            List.of("APPROVE id [, id ...] ['reason']", "lets it run, once enough persons have said so"),
            List.of("DENY id [, id ...] ['reason']", "ends it; one denial is enough"),
            List.of("BREAK GLASS id 'reason'", "releases it alone, in an emergency; everybody is told"),
            List.of("CANCEL id ['reason']", "ends a released statement that still runs"),
            List.of(
                    "FREEZE [WAIT | NOW] [DATABASE name] 'reason'",
                    "stops every write; WAIT: they wait, NOW: running ones end"),
            List.of("THAW [DATABASE name]", "lets writes go on, once two persons have said so"),
            List.of("SHOW FREEZE", "what is frozen, by whom, and why"),
            List.of("SHOW SESSIONS", "client connections"),
            List.of("SHOW FOLLOWERS", "servers that answer reads"),
            List.of("SHOW STATS", "counters"),
            List.of("SHOW VERSION", "version of the proxy"),
            List.of("HELP", "this list"));

    private static final String NOTHING_DONE =
            "Nothing was decided, frozen or thawed by this; try again when it is back.";

    private final HoldService holds;
    private final DecisionConsole decisions;
    private final FreezeConsole freezes;
    private final ConsoleSources sources;
    private final Function<HoldView, Known> known;
    private final LoginObserver observer;

    /** @param known what has been found out about a hold by now; must not block */
    public Console(HoldService holds, FreezeService freezes, ConsoleSources sources, Function<HoldView, Known> known) {
        this(holds, freezes, sources, known, LoginObserver.NONE);
    }

    /**
     * The same.
     *
     * @param known what has been found out about a hold by now; must not block
     * @param observer of who comes in, and who tries to
     */
    public Console(
            HoldService holds,
            FreezeService freezes,
            ConsoleSources sources,
            Function<HoldView, Known> known,
            LoginObserver observer) {
        this.holds = holds;
        this.decisions = new DecisionConsole(holds);
        this.freezes = new FreezeConsole(freezes);
        this.sources = sources;
        this.known = known;
        this.observer = observer;
    }

    /**
     * Somebody has logged in to the admin database.
     *
     * @param person null: the user belongs to no configured person
     */
    public void entered(@Nullable String person, String user, String address) {
        observer.observed(Result.SUCCEEDED, Channel.CONSOLE, person, user, address);
    }

    /** Somebody has tried to, and was not who they said. */
    public void refused(String user, String address) {
        observer.observed(Result.FAILED, Channel.CONSOLE, null, user, address);
    }

    /**
     * Runs one command.
     *
     * @param who null: the user belongs to no configured person
     * @param user authenticated PostgreSQL user
     * @param address of the client
     */
    public ConsoleResult execute(String sql, @Nullable Person who, String user, String address) {
        try {
            return run(ConsoleParser.parse(sql), who, user, address);
        } catch (ConsoleSyntaxException e) {
            return new Failed(e.report());
        } catch (StoreUnavailableException e) {
            ErrorReport silent = ProxyError.CONTROL_STORE_SILENT.report();
            return new Failed(e.mayHaveHappened() ? silent : silent.withHint(NOTHING_DONE));
        }
    }

    private ConsoleResult run(ConsoleCommand command, @Nullable Person who, String user, String address) {
        return switch (command) {
            case ConsoleCommand.ShowHolds() -> showHolds(who, user);
            case ConsoleCommand.ShowHold(var id) -> showHold(id, who, user);
            case ConsoleCommand.Decide decide -> who == null ? nobody(user) : decisions.decide(decide, who);
            case ConsoleCommand.BreakGlass glass -> who == null ? nobody(user) : decisions.breakGlass(glass, who);
            case ConsoleCommand.Cancel cancel -> who == null ? nobody(user) : decisions.cancel(cancel, who);
            case ConsoleCommand.ShowFreeze() -> freezes.show();
            case ConsoleCommand.Freeze freeze ->
                who == null ? nobody(user) : freezes.freeze(freeze, new Actor(who, Channel.CONSOLE, address));
            case ConsoleCommand.Thaw(var database) ->
                who == null ? nobody(user) : freezes.thaw(new Actor(who, Channel.CONSOLE, address), database);
            case ConsoleCommand.ShowSessions() -> showSessions(who, user);
            case ConsoleCommand.ShowFollowers() ->
                pairs("follower", "state", sources.followers().get());
            case ConsoleCommand.ShowStats() ->
                pairs("name", "value", sources.stats().get());
            case ConsoleCommand.ShowVersion() ->
                new Rows(List.of("version"), List.of(List.of(sources.version())), "SHOW");
            case ConsoleCommand.Help() -> new Rows(List.of("command", "what it does"), HELP, "HELP");
            case ConsoleCommand.Ping() -> new Rows(List.of("?column?"), List.of(List.of("1")), "SELECT 1");
            case ConsoleCommand.Nothing(var tag) -> new Done(tag);
        };
    }

    private ConsoleResult showHolds(@Nullable Person who, String user) {
        List<List<@Nullable String>> rows = holds.list().stream()
                .map(hold -> HoldRows.row(hold, mayRead(hold.request().user(), who, user)))
                .toList();
        return new Rows(HoldRows.COLUMNS, rows, "SHOW");
    }

    private ConsoleResult showHold(String typed, @Nullable Person who, String user) {
        Optional<HoldView> hold = HoldId.parse(typed).flatMap(holds::find);
        if (hold.isEmpty()) {
            return undefined(typed);
        }
        if (!mayRead(hold.get().request().user(), who, user)) {
            return new Rows(HoldSheet.COLUMNS, HoldSheet.withoutText(hold.get()), "SHOW");
        }
        Known found = known.apply(hold.get());
        if (who == null) {
            return new Rows(HoldSheet.COLUMNS, HoldSheet.of(hold.get().inPublic(), found.withoutOthers()), "SHOW");
        }
        return new Rows(HoldSheet.COLUMNS, HoldSheet.of(hold.get(), found), "SHOW");
    }

    private static ConsoleResult nobody(String user) {
        return new Failed(ProxyError.NOT_PERMITTED
                .report("user \"" + Visible.name(user) + "\" belongs to no configured person")
                .withHint("Log in as a user who is listed under people, with approves: true."));
    }

    private ConsoleResult showSessions(@Nullable Person who, String user) {
        List<List<@Nullable String>> rows = sources.sessions().get().stream()
                .map(session -> row(session, mayRead(session.user(), who, user)))
                .toList();
        return new Rows(
                List.of(
                        "session",
                        "user",
                        "person",
                        "database",
                        "application",
                        "address",
                        "state",
                        "connected_since",
                        "statement",
                        "ci",
                        "certificate"),
                rows,
                "SHOW");
    }

    private static List<@Nullable String> row(SessionInfo session, boolean mayRead) {
        return Arrays.asList(
                session.session(),
                Visible.name(session.user()),
                session.person() == null ? null : Visible.name(session.person()),
                Visible.name(session.database()),
                Visible.name(session.application()),
                session.address(),
                session.state(),
                Times.text(session.since()),
                mayRead ? HoldRows.shortened(session.statement()) : Labels.INSUFFICIENT_PRIVILEGE,
                session.ci() == null ? null : Visible.name(session.ci()),
                session.certificate() == null ? null : Visible.name(session.certificate()));
    }

    private static ConsoleResult pairs(String name, String value, List<NameValue> pairs) {
        return new Rows(
                List.of(name, value),
                pairs.stream()
                        .<List<@Nullable String>>map(pair -> List.of(pair.name(), pair.value()))
                        .toList(),
                "SHOW");
    }

    private static boolean mayRead(String owner, @Nullable Person who, String user) {
        return who != null || owner.equals(user);
    }

    private static ConsoleResult undefined(String typed) {
        return new Failed(ProxyError.UNDEFINED_HOLD.report(Visible.name(typed)));
    }
}
