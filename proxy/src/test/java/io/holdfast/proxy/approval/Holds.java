package io.holdfast.proxy.approval;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hold service on fake time, and what it takes to ask it. */
public final class Holds {
    public static final Person BO = new Person("bo", Set.of("bo", "bo_admin"), true);
    public static final Person ANN = new Person("ann", Set.of("ann"), true);
    public static final Person CLEO = new Person("cleo", Set.of("cleo"), true);
    /** May release alone. */
    public static final Person EVE = new Person("eve", Set.of("eve", "eve_batch"), true, true);

    public static final Person DEV = new Person("dev", Set.of("dev"), false);

    public static final Duration GRANT_TTL = Duration.ofMinutes(15);
    public static final HoldTerms TWO = new HoldTerms.People(2, Duration.ofMinutes(30), Duration.ofMinutes(10));
    public static final HoldTerms DELAYED = new HoldTerms.Delayed(Duration.ofMinutes(10));

    public final FakeTime time = new FakeTime();
    /** What observers saw, such as {@code DECIDED approved}. */
    public final List<String> seen = new ArrayList<>();
    /** What the client's listener saw, such as {@code waiting 1 of 2}. */
    public final List<String> told = new ArrayList<>();

    public final MemoryStore store = new MemoryStore(time.clock().wall());
    public final HoldService service;
    public final FreezeService freezes;

    public Holds() {
        this(HoldLimits.DEFAULT);
    }

    public Holds(HoldLimits limits) {
        service = new HoldService(
                store,
                GRANT_TTL,
                limits,
                time.clock(),
                time.timer(),
                new Random(42),
                List.of((change, view) -> seen.add(change + " " + view.state().label())));
        freezes = new FreezeService(
                store,
                limits,
                time.clock(),
                List.of((change, freeze, by) -> seen.add(change + " " + freeze.scope() + " " + freeze.thaws())));
        freezes.catchUp();
    }

    /** Opens a hold whose client, dev, waits. */
    public HoldId open(HoldTerms terms) {
        return service.open(request("TRUNCATE account"), terms, this::tell)
                .orElseThrow()
                .id();
    }

    public HoldId openDetached(HoldTerms terms) {
        return service.openDetached(request("TRUNCATE account"), terms)
                .orElseThrow()
                .id();
    }

    /** Somebody, at the console. */
    public static Actor at(Person who) {
        return new Actor(who, Channel.CONSOLE, "10.1.2.3");
    }

    public Decision approve(HoldId id, Person who) {
        return service.approve(id, who, Channel.CONSOLE, null);
    }

    public Decision deny(HoldId id, Person who) {
        return service.deny(id, who, Channel.CONSOLE, "wrong database");
    }

    public HoldState state(HoldId id) {
        return service.find(id).orElseThrow().state();
    }

    void tell(HoldView view) {
        told.add(view.state().label() + " " + view.approvals() + " of " + view.approvalsNeeded());
    }

    public static HoldRequest request(String text) {
        return request("dev", "dev", text);
    }

    public static HoldRequest request(String user, @Nullable String person, String text) {
        StatementFacts facts = new StatementFacts(
                "TRUNCATE TABLE",
                StatementClass.DESTRUCTIVE,
                "empties tables",
                false,
                List.of(new RelationName(null, "account")),
                List.of(),
                WhereClause.NOT_APPLICABLE,
                new SessionEffect.None(),
                0,
                text.length());
        return new HoldRequest(
                user,
                person,
                "shop",
                "psql",
                "192.0.2.7",
                "s-12",
                text,
                fingerprint(text),
                List.of(),
                List.of(facts),
                StatementClass.DESTRUCTIVE,
                "guardrail",
                Map.of("search_path", "public"));
    }

    /** One that was recognised. */
    public static HoldRequest looking(String text, String like) {
        HoldRequest plain = request(text);
        return new HoldRequest(
                plain.user(),
                plain.person(),
                plain.database(),
                plain.application(),
                plain.address(),
                plain.session(),
                plain.text(),
                plain.fingerprint(),
                plain.values(),
                plain.facts(),
                plain.statementClass(),
                plain.rule(),
                plain.settings(),
                like,
                plain.certificate());
    }

    /** Of two statements, with values. */
    public static HoldRequest batch() {
        HoldRequest plain = request("UPDATE a SET n = $1;\nUPDATE b SET n = $1, m = $2");
        return new HoldRequest(
                plain.user(),
                plain.person(),
                plain.database(),
                plain.application(),
                plain.address(),
                plain.session(),
                plain.text(),
                plain.fingerprint(),
                List.of(
                        new BoundValue(1, 1, "7", 23, true),
                        new BoundValue(2, 1, "x", 25, true),
                        new BoundValue(2, 2, null, 25, true)),
                List.of(plain.facts().getFirst(), plain.facts().getFirst()),
                plain.statementClass(),
                plain.rule(),
                plain.settings());
    }

    /** Of one statement, as texts. */
    public static List<BoundValue> values(List<? extends @Nullable String> texts) {
        List<BoundValue> values = new ArrayList<>();
        texts.forEach(text -> values.add(new BoundValue(1, values.size() + 1, text, 0, true)));
        return values;
    }

    public static Fingerprint fingerprint(String text) {
        return Fingerprint.of(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
