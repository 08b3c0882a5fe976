package io.holdfast.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of one proxy, valid by construction: the loader has checked what a single record cannot see.
 *
 * @param listen where clients connect; at least one
 * @param proxyProtocol networks of load balancers, whose connections begin with a PROXY protocol header
 * @param tls certificate shown to clients; null: TLS is answered with {@code N}
 * @param upstream the servers behind the proxy
 * @param protect preset and rules
 * @param people who may ask and who may decide
 * @param audit where decisions are recorded
 * @param controlStore where holds, grants and decisions are kept
 * @param admin the HTTP address of metrics and health; null: none
 * @param limits bounds on clients, sizes and times
 * @param peering other proxies with the same clients
 * @param notifications who is told of holds
 * @param ci who is CI, and reaches local databases only
 */
public record HoldfastConfig(
        List<ListenAddress> listen,
        List<Cidr> proxyProtocol,
        @Nullable ServerTls tls,
        Upstream upstream,
        Protect protect,
        List<PersonConfig> people,
        AuditConfig audit,
        ControlStoreConfig controlStore,
        @Nullable HostPort admin,
        Limits limits,
        Peering peering,
        Notify notifications,
        CiConfig ci) {
    public HoldfastConfig {
        listen = List.copyOf(listen);
        proxyProtocol = List.copyOf(proxyProtocol);
        people = List.copyOf(people);
    }

    /** The control store is a file beside the audit's; well-known test tools are CI. */
    public HoldfastConfig(
            List<ListenAddress> listen,
            List<Cidr> proxyProtocol,
            @Nullable ServerTls tls,
            Upstream upstream,
            Protect protect,
            List<PersonConfig> people,
            AuditConfig audit,
            @Nullable HostPort admin,
            Limits limits,
            Peering peering,
            Notify notifications) {
        this(
                listen,
                proxyProtocol,
                tls,
                upstream,
                protect,
                people,
                audit,
                new ControlStoreConfig.Embedded(audit.file().resolveSibling("holdfast-state")),
                admin,
                limits,
                peering,
                notifications,
                CiConfig.DEFAULT);
    }

    /** The same with another audit log. */
    public HoldfastConfig withAudit(AuditConfig other) {
        return with(other, controlStore, ci);
    }

    /** The same with another control store. */
    public HoldfastConfig withControlStore(ControlStoreConfig other) {
        return with(audit, other, ci);
    }

    /** The same with another idea of what CI is. */
    public HoldfastConfig withCi(CiConfig other) {
        return with(audit, controlStore, other);
    }

    private HoldfastConfig with(AuditConfig otherAudit, ControlStoreConfig otherStore, CiConfig otherCi) {
        return new HoldfastConfig(
                listen,
                proxyProtocol,
                tls,
                upstream,
                protect,
                people,
                otherAudit,
                otherStore,
                admin,
                limits,
                peering,
                notifications,
                otherCi);
    }

    /** One address, no load balancer, no peers, nobody who is told of holds. */
    public HoldfastConfig(
            HostPort listen,
            @Nullable ServerTls tls,
            Upstream upstream,
            Protect protect,
            List<PersonConfig> people,
            AuditConfig audit,
            @Nullable HostPort admin,
            Limits limits) {
        this(
                List.of(new ListenAddress.Tcp(listen)),
                List.of(),
                tls,
                upstream,
                protect,
                people,
                audit,
                admin,
                limits,
                Peering.NONE,
                Notify.NONE);
    }
}
