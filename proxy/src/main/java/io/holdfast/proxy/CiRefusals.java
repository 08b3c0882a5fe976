package io.holdfast.proxy;

import io.holdfast.proxy.audit.AuditEntry;
import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.ci.Announcement;
import io.holdfast.proxy.ci.Caller;
import io.holdfast.proxy.ci.Jobs;
import io.holdfast.proxy.ci.Refusal;
import io.holdfast.proxy.ci.RefusalObserver;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.metrics.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts whoever the CI guard has turned away on record, each time, and tells people, once per job. */
final class CiRefusals implements RefusalObserver {
    private static final Logger LOG = LoggerFactory.getLogger(CiRefusals.class);

    private final AuditLog audit;
    private final Meters meters;
    private final Jobs jobs;
    private final InstantSource clock;
    private final List<Consumer<Announcement>> audience;

    /**
     * @param quiet a job that has not been refused for so long is over
     * @param audience is told of jobs; must not block
     */
    CiRefusals(
            AuditLog audit, Meters meters, InstantSource clock, Duration quiet, List<Consumer<Announcement>> audience) {
        this.audit = audit;
        this.meters = meters;
        this.jobs = new Jobs(quiet);
        this.clock = clock;
        this.audience = List.copyOf(audience);
    }

    /** Tells of jobs that are over, from time to time. */
    void watch(ScheduledExecutorService timer, Duration interval) {
        timer.scheduleWithFixedDelay(
                () -> jobs.over(clock.instant()).forEach(this::announce),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void refused(Refusal refusal) {
        meters.ciRefused(refusal.objection().cause().label());
        Caller caller = refusal.caller();
        ErrorReport report = refusal.objection().report();
        AuditEntry entry = AuditEntry.of(clock.instant(), Kind.CI_REFUSED, client(caller), null)
                .withRule(refusal.objection().rule())
                .withNote(report.sqlstate()
                        + ' '
                        + report.message()
                        + (report.detail() == null ? "" : ": " + report.detail()));
        if (!audit.offer(entry)) {
            LOG.error("Not on record: {} of {}.", report.message(), caller);
        }
        jobs.refused(refusal, clock.instant()).forEach(this::announce);
    }

    private void announce(Announcement announcement) {
        LOG.warn("{}", announcement.text());
        audience.forEach(one -> one.accept(announcement));
    }

    private static Client client(Caller caller) {
        return new Client(
                caller.session(),
                caller.user(),
                caller.person(),
                caller.address().getAddress().getHostAddress(),
                caller.application(),
                caller.database(),
                caller.certificate() == null ? null : caller.certificate().name());
    }
}
