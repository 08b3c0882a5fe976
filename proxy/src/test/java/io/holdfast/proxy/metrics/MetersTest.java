package io.holdfast.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetersTest {
    private enum Kind {
        READ,
        WRITE
    }

    private final Meters meters = new Meters();

    private void shows(String line) {
        assertThat(meters.prometheusText().lines()).contains(line);
    }

    @Test
    void unitsAreCountedByClassRouteAndVerdict() {
        UnitMeters<Kind> units = meters.units(Kind.class);
        units.count(Kind.READ, Route.FOLLOWER, VerdictKind.FORWARD);
        units.count(Kind.WRITE, Route.PRIMARY, VerdictKind.FORWARD);
        units.count(Kind.WRITE, Route.PRIMARY, VerdictKind.FORWARD);
        units.count(Kind.WRITE, Route.NONE, VerdictKind.REFUSE);
        shows("holdfast_units_total{class=\"read\",route=\"follower\",verdict=\"forward\"} 1.0");
        shows("holdfast_units_total{class=\"write\",route=\"primary\",verdict=\"forward\"} 2.0");
        shows("holdfast_units_total{class=\"write\",route=\"none\",verdict=\"refuse\"} 1.0");
        shows("holdfast_units_total{class=\"read\",route=\"primary\",verdict=\"hold\"} 0.0");
    }

    @Test
    void countsOfRowsAreTimedByWhetherTheyWorked() {
        meters.rowsCounted(true, 250_000_000);
        meters.rowsCounted(true, 250_000_000);
        meters.rowsCounted(false, 1_000_000_000);
        shows("holdfast_row_counts_seconds_count{outcome=\"counted\"} 2");
        shows("holdfast_row_counts_seconds_sum{outcome=\"counted\"} 0.5");
        shows("holdfast_row_counts_seconds_sum{outcome=\"unknown\"} 1.0");
    }

    @Test
    void sessionsAreShownNowAndSinceTheStart() {
        meters.sessionOpened();
        meters.sessionOpened();
        meters.sessionClosed();
        shows("holdfast_sessions 1.0");
        shows("holdfast_sessions_opened_total 2.0");
    }

    @Test
    void bytesAndConnectionsHaveTheirDirectionAndRole() {
        meters.bytesFromClient(10);
        meters.bytesToClient(3_000_000_000L);
        meters.upstreamConnected(Route.PRIMARY);
        meters.upstreamConnected(Route.FOLLOWER);
        meters.upstreamDisconnected(Route.FOLLOWER);
        meters.upstreamConnected(Route.NONE);
        shows("holdfast_client_bytes_total{direction=\"in\"} 10.0");
        shows("holdfast_client_bytes_total{direction=\"out\"} 3.0E9");
        shows("holdfast_upstream_connections{role=\"primary\"} 1.0");
        shows("holdfast_upstream_connections{role=\"follower\"} 0.0");
    }

    @Test
    void textsAreCountedByWhetherTheyWereKnown() {
        meters.factsRead();
        meters.factsFound();
        meters.factsFound();
        shows("holdfast_facts_lookups_total{result=\"hit\"} 2.0");
        shows("holdfast_facts_lookups_total{result=\"miss\"} 1.0");
    }

    @Test
    void failuresAndLookupsAreCounted() {
        meters.authenticationFailed();
        meters.auditFailed();
        meters.verifierLookedUp(Duration.ofMillis(250));
        shows("holdfast_authentication_failures_total 1.0");
        shows("holdfast_audit_failures_total 1.0");
        shows("holdfast_verifier_lookup_seconds_count 1");
        shows("holdfast_verifier_lookup_seconds_sum 0.25");
    }

    @Test
    void holdsAreAskedForWhenMetricsAreRead() {
        int[] waiting = {0};
        meters.holds("WAITING", () -> waiting[0]);
        waiting[0] = 3;
        meters.holdEnded("DENIED");
        shows("holdfast_holds{state=\"waiting\"} 3.0");
        shows("holdfast_holds_ended_total{outcome=\"denied\"} 1.0");
    }

    @Test
    void messagesToOthersAreCountedByChannel() {
        int[] pending = {0};
        NotifyMeters slack = meters.notifications("slack");
        slack.pending(() -> pending[0]);
        pending[0] = 2;
        slack.sent();
        slack.failed();
        slack.failed();
        slack.dropped();
        meters.notifications("webhook").sent();
        meters.slackClick("FORGED");
        shows("holdfast_notify_pending{channel=\"slack\"} 2.0");
        shows("holdfast_notify_sent_total{channel=\"slack\"} 1.0");
        shows("holdfast_notify_sent_total{channel=\"webhook\"} 1.0");
        shows("holdfast_notify_failures_total{channel=\"slack\"} 2.0");
        shows("holdfast_notify_dropped_total{channel=\"slack\"} 1.0");
        shows("holdfast_slack_clicks_total{result=\"forged\"} 1.0");
    }

    @Test
    void alarmsOfLocksAreCountedAndThoseThatLastAreShown() {
        int[] waiting = {0};
        meters.lockWaits(() -> waiting[0]);
        waiting[0] = 1;
        meters.lockAlarm();
        meters.lockAlarm();
        shows("holdfast_lock_alarms_total 2.0");
        shows("holdfast_lock_waits 1.0");
    }

    @Test
    void freezesAreAskedForWhenMetricsAreRead() {
        int[] freezes = {0};
        meters.frozen(() -> freezes[0]);
        freezes[0] = 2;
        shows("holdfast_frozen 2.0");
    }

    @Test
    void followerIsForgottenWhenItBecomesThePrimary() {
        meters.primaryKnown(true);
        meters.follower("db2:5432", 1.5, 4096, true);
        shows("holdfast_primary_known 1.0");
        shows("holdfast_follower_lag_seconds{host=\"db2:5432\"} 1.5");
        shows("holdfast_follower_lag_bytes{host=\"db2:5432\"} 4096.0");
        shows("holdfast_follower_usable{host=\"db2:5432\"} 1.0");
        meters.notFollower("db2:5432");
        meters.notFollower("db1:5432");
        shows("holdfast_follower_lag_seconds{host=\"db2:5432\"} NaN");
        shows("holdfast_follower_usable{host=\"db2:5432\"} 0.0");
        assertThat(meters.prometheusText()).doesNotContain("db1:5432");
    }
}
