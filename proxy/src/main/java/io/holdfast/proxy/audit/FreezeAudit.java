package io.holdfast.proxy.audit;

import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeObserver;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import java.time.InstantSource;
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
    public void observed(Change change, Freeze freeze) {
        AuditEntry entry = switch (change) {
            case FROZEN ->
                entry(Kind.FROZEN, freeze, freeze.person())
                        .withNote(freeze.scope() + " (" + freeze.mode().label() + "): " + freeze.reason());
            case THAW_ASKED ->
                entry(Kind.THAW, freeze, freeze.thaws().getLast()).withNote(freeze.scope());
            case THAWED ->
                entry(Kind.THAWED, freeze, freeze.thaws().getLast())
                        .withNote(freeze.scope() + ", by " + String.join(" and ", freeze.thaws()));
        };
        if (!audit.offer(entry)) {
            LOG.error("Not on record: {} of {} by {}.", change, freeze.scope(), freeze.person());
        }
    }

    private AuditEntry entry(Kind kind, Freeze freeze, String person) {
        String database = freeze.database() == null ? "" : freeze.database();
        return AuditEntry.of(clock.instant(), kind, new Client("", "", person, "", "", database), null);
    }
}
