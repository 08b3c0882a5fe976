package io.holdfast.proxy.session;

import io.holdfast.config.Limits;
import io.holdfast.config.Protect;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.RestorePoints;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.estimate.RowEstimates;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.metrics.UnitMeters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.upstream.UpstreamState;
import java.time.InstantSource;

/** What every session of a proxy shares; all of it safe for use by many threads. */
public record SessionServices(
        Policy policy,
        FactsCache facts,
        CatalogSource catalogs,
        HoldDesk holds,
        HoldLinks links,
        FreezeService freezes,
        RestorePoints restorePoints,
        RowEstimates rows,
        Recorder recorder,
        UpstreamState upstream,
        Meters meters,
        UnitMeters<StatementClass> units,
        LegOpener legs,
        FollowerLoad load,
        UserWrites writes,
        Guard guard,
        Protect protect,
        Upstream upstreamConfig,
        Limits limits,
        InstantSource clock) {}
