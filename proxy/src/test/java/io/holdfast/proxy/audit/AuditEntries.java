package io.holdfast.proxy.audit;

import io.holdfast.proxy.audit.AuditEntry.Client;
import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditEntry.Unit;
import io.holdfast.proxy.statement.StatementClass;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Entries to write. */
final class AuditEntries {
    static final Instant NOON = Instant.parse("2026-03-13T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOON);

    private AuditEntries() {}

    static AuditEntry forwarded(String text) {
        Client client = new Client("s-12", "dev", "dev", "192.0.2.7", "psql", "shop");
        return AuditEntry.of(NOON, Kind.FORWARDED, client, new Unit(text, List.of(), StatementClass.WRITE))
                .withRule("guardrail")
                .withRoute("primary");
    }
}
