package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.audit.AuditEntry;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.audit.HoldAudit;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.policy.PresetRules;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in the audit log what sessions do; what becomes of holds is recorded by {@link HoldAudit}. */
public final class AuditRecorder implements Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(AuditRecorder.class);

    private final AuditLog log;
    private final Meters meters;
    private final HoldAudit holds;
    private final InstantSource clock;

    public AuditRecorder(AuditLog log, HoldAudit holds, Meters meters, InstantSource clock) {
        this.log = log;
        this.holds = holds;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public boolean forwards(Identity who, Unit unit, String rule, LegRole route) {
        AuditEntry entry =
                entry(Kind.FORWARDED, who, unit, rule).withRoute(route.name().toLowerCase(Locale.ROOT));
        return offer(rule.startsWith(PresetRules.WOULD_HOLD) ? entry.withNote(wouldRefuse(unit)) : entry);
    }

    @Override
    public void refuses(Identity who, Unit unit, String rule, ErrorReport error) {
        if (!offer(entry(Kind.REFUSED, who, unit, rule).withNote(error.sqlstate() + ' ' + error.message()))) {
            LOG.warn("Not on record: refusal of a unit of session {} by {}.", who.session(), rule);
        }
    }

    @Override
    public CompletionStage<Void> releases(Identity who, HoldView hold) {
        return holds.released(hold, client(who)).whenComplete((_, failure) -> {
            if (failure != null) {
                meters.auditFailed();
            }
        });
    }

    private static @Nullable String wouldRefuse(Unit unit) {
        String why = HeldValues.objection(unit);
        return why == null ? null : "would be refused: " + why;
    }

    private boolean offer(AuditEntry entry) {
        boolean taken = log.offer(entry);
        if (!taken) {
            meters.auditFailed();
        }
        return taken;
    }

    private AuditEntry entry(Kind kind, Identity who, Unit unit, String rule) {
        var content = new AuditEntry.Unit(unit.text(), List.of(), unit.statementClass());
        return AuditEntry.of(clock.instant(), kind, client(who), content).withRule(rule);
    }

    private static AuditEntry.Client client(Identity who) {
        return new AuditEntry.Client(
                who.session(),
                who.user(),
                who.person(),
                who.address().getAddress().getHostAddress(),
                who.application(),
                who.database(),
                who.subject());
    }
}
