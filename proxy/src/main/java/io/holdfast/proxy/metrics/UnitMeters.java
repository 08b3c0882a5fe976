package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts units by class, route and verdict. Every counter is made beforehand, so that counting is three array reads and an addition.
 *
 * @param <C> the statement classes; a parameter, because this package knows no other
 */
public final class UnitMeters<C extends Enum<C>> {
    private final Map<C, Map<Route, Map<VerdictKind, Counter>>> counters;

    UnitMeters(MeterRegistry registry, Class<C> classes) {
        counters = new EnumMap<>(classes);
        for (C statementClass : classes.getEnumConstants()) {
            Map<Route, Map<VerdictKind, Counter>> byRoute = new EnumMap<>(Route.class);
            for (Route route : Route.values()) {
                Map<VerdictKind, Counter> byVerdict = new EnumMap<>(VerdictKind.class);
                for (VerdictKind verdict : VerdictKind.values()) {
                    byVerdict.put(verdict, counter(registry, statementClass, route, verdict));
                }
                byRoute.put(route, byVerdict);
            }
            counters.put(statementClass, byRoute);
        }
    }

    private static Counter counter(MeterRegistry registry, Enum<?> statementClass, Route route, VerdictKind verdict) {
        return Counter.builder("holdfast.units")
                .description("Queries and extended-protocol batches, by what was decided")
                .tag("class", Meters.lowerCase(statementClass.name()))
                .tag("route", Meters.lowerCase(route.name()))
                .tag("verdict", Meters.lowerCase(verdict.name()))
                .register(registry);
    }

    /** Counts one unit; from any thread, without allocation. */
    public void count(C statementClass, Route route, VerdictKind verdict) {
        var byVerdict = Objects.requireNonNull(counters.get(statementClass)).get(route);
        Objects.requireNonNull(Objects.requireNonNull(byVerdict).get(verdict)).increment();
    }
}
