package io.holdfast.proxy.approval;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A control store without a database, that can be down. */
public final class MemoryStore implements ControlStore, StoreChange {
    private final InstantSource clock;

    private record Broken(String person, Instant at) {}

    private List<Broken> broken = List.of();
    private Map<HoldId, Changed> holds = new LinkedHashMap<>();
    private Map<String, Long> beats = new HashMap<>();
    private final Map<String, Freeze> freezes = new LinkedHashMap<>();
    private long version;
    /** Nobody is answered. */
    public volatile boolean down;
    /** The next change happens, and nobody hears of it. */
    public volatile boolean losesAnswer;

    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized <T> T change(Function<StoreChange, T> action) {
        answer();
        Map<HoldId, Changed> holdsBefore = new LinkedHashMap<>(holds);
        Map<String, Long> beatsBefore = new HashMap<>(beats);
        long versionBefore = version;
        List<Broken> brokenBefore = broken;
        T result;
        try {
            result = action.apply(this);
        } catch (RuntimeException e) {
            holds = holdsBefore;
            beats = beatsBefore;
            version = versionBefore;
            broken = brokenBefore;
            throw e;
        }
        if (losesAnswer) {
            losesAnswer = false;
            throw new StoreUnavailableException("the answer is lost", true, new IOException("connection reset"));
        }
        return result;
    }

    @Override
    public synchronized <T> T look(Function<StoreView, T> action) {
        answer();
        return action.apply(this);
    }

    private void answer() {
        if (down) {
            throw new StoreUnavailableException("down");
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Optional<HoldRecord> find(HoldId id) {
        return Optional.ofNullable(holds.get(id)).map(Changed::hold);
    }

    private List<HoldRecord> open(Predicate<HoldRecord> wanted) {
        return holds.values().stream()
                .map(Changed::hold)
                .filter(hold -> !hold.state().isFinal())
                .filter(wanted)
                .toList();
    }

    @Override
    public List<HoldRecord> open() {
        return open(hold -> true);
    }

    @Override
    public List<HoldRecord> open(Fingerprint fingerprint) {
        return open(hold -> hold.request().fingerprint().equals(fingerprint));
    }

    @Override
    public List<HoldRecord> orphans() {
        return open(hold -> hold.owner() != null && !beats.containsKey(hold.owner()));
    }

    @Override
    public List<HoldRecord> overdue() {
        return open(hold -> hold.owner() == null
                && hold.deadline() != null
                && !hold.deadline().isAfter(now()));
    }

    @Override
    public List<HoldRecord> finished() {
        return holds.values().stream()
                .filter(changed -> changed.hold().state().isFinal())
                .sorted(Comparator.comparingLong(Changed::version).reversed())
                .map(Changed::hold)
                .toList();
    }

    @Override
    public Map<HoldState, Integer> counts() {
        Map<HoldState, Integer> counts = new HashMap<>();
        open().forEach(hold -> counts.merge(hold.state(), 1, Integer::sum));
        return counts;
    }

    @Override
    public Load load(String user) {
        return new Load(
                open().size(),
                open(hold -> hold.request().user().equals(user)).size(),
                open().stream().mapToLong(hold -> hold.request().weight()).sum());
    }

    @Override
    public List<Freeze> freezes() {
        return List.copyOf(freezes.values());
    }

    @Override
    public int glassBroken(String person, Instant since) {
        return (int) broken.stream()
                .filter(one -> one.person.equals(person) && one.at.isAfter(since))
                .count();
    }

    @Override
    public void breakGlass(String person, HoldId id, Instant since) {
        broken = Stream.concat(broken.stream(), Stream.of(new Broken(person, now())))
                .filter(one -> one.at.isAfter(since))
                .toList();
    }

    @Override
    public void put(Freeze freeze) {
        freezes.put(freeze.scope(), freeze);
        version++;
    }

    @Override
    public void remove(Freeze freeze) {
        freezes.remove(freeze.scope());
        version++;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<Changed> changedSince(long since, String proxy) {
        return holds.values().stream()
                .filter(changed -> changed.version() > since && !changed.by().equals(proxy))
                .toList();
    }

    @Override
    public Map<String, Long> beats() {
        return Map.copyOf(beats);
    }

    @Override
    public void add(HoldRecord hold, String by) {
        update(hold, by);
    }

    @Override
    public void update(HoldRecord hold, String by) {
        holds.put(hold.id(), new Changed(hold, ++version, by));
    }

    @Override
    public void prune(HoldLimits limits) {
        List<HoldRecord> kept = new ArrayList<>();
        long chars = 0;
        for (HoldRecord hold : finished()) {
            chars += hold.request().weight();
            if (kept.size() < limits.finished() && chars <= limits.finishedChars()) {
                kept.add(hold);
            } else {
                holds.remove(hold.id());
            }
        }
    }

    @Override
    public void beat(String proxy) {
        beats.merge(proxy, 1L, Long::sum);
    }

    @Override
    public void leave(String proxy) {
        beats.remove(proxy);
    }
}
