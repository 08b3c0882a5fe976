package io.holdfast.proxy.audit;

import io.holdfast.proxy.approval.Actor;
import io.holdfast.proxy.approval.Easing;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeObserver;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records who has stopped writes, why, and who let them go on. */
public final class FreezeAudit implements FreezeObserver {
    private static final Logger LOG = LoggerFactory.getLogger(FreezeAudit.class);

    private final AuditLog audit;
    private final InstantSource clock;

    public FreezeAudit(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void observed(Change change, Freeze freeze, Actor by) {
        AuditEntry entry = switch (change) {
            case FROZEN ->
                entry(Kind.FROZEN, freeze, by)
                        .withNote(freeze.scope() + " (" + freeze.mode().label() + "): " + freeze.reason());
            case EASE_ASKED -> {
                Easing easing = Objects.requireNonNull(freeze.easing(), "asked for");
                yield entry(Kind.EASE, freeze, by)
                        .withNote(freeze.scope() + ", from " + freeze.mode().label() + " to "
                                + easing.mode().label());
            }
            case THAW_ASKED -> entry(Kind.THAW, freeze, by).withNote(freeze.scope());
            case THAWED ->
                entry(Kind.THAWED, freeze, by)
                        .withNote(freeze.scope() + ", by " + String.join(" and ", freeze.thaws()));
        };
        if (!audit.offer(entry)) {
            LOG.error(
                    "Not on record: {} of {} by {}.",
                    change,
                    freeze.scope(),
                    by.person().name());
        }
    }

    private AuditEntry entry(Kind kind, Freeze freeze, Actor by) {
        String database = freeze.database() == null ? "" : freeze.database();
        Client client = new Client("", "", by.person().name(), by.address(), "", database);
        return AuditEntry.of(clock.instant(), kind, client, null).withChannel(by.channel());
    }
}
