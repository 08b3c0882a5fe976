package io.holdfast.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of one proxy, valid by construction: the loader has checked what a single record cannot see.
 *
 * @param listen where clients connect
 * @param tls certificate shown to clients; null: TLS is answered with {@code N}
 * @param upstream the servers behind the proxy
 * @param protect preset and rules
 * @param people who may ask and who may decide
 * @param audit where decisions are recorded
 * @param admin the HTTP address of metrics and health; null: none
 * @param limits bounds on clients, sizes and times
 */
public record HoldfastConfig(
        HostPort listen,
        @Nullable ServerTls tls,
        Upstream upstream,
        Protect protect,
        List<PersonConfig> people,
        AuditConfig audit,
        @Nullable HostPort admin,
        Limits limits) {
    public HoldfastConfig {
        people = List.copyOf(people);
    }
}
