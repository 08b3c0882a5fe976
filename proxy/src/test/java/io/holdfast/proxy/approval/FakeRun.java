package io.holdfast.proxy.approval;

import io.holdfast.config.HostPort;
import java.util.ArrayList;
import java.util.List;

/** A released statement of dev's in database shop that runs nowhere. */
public final class FakeRun implements ReleasedRun {
    /** What its client was told. */
    public final List<String> told = new ArrayList<>();

    private final HoldId hold;
    private final String user;
    private final Backend backend;

    public FakeRun(HoldId hold) {
        this(hold, "dev", new Backend(new HostPort("primary", 5432), 7, true, 0));
    }

    public FakeRun(HoldId hold, String user, Backend backend) {
        this.hold = hold;
        this.user = user;
        this.backend = backend;
    }

    @Override
    public HoldId hold() {
        return hold;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String database() {
        return "shop";
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public void tell(String message, String hint) {
        told.add(message);
    }

    @Override
    public void cancel(Cancellation cancellation) {
        told.add("cancelled by " + cancellation.person());
    }
}
