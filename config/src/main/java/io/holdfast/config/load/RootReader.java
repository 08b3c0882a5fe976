package io.holdfast.config.load;

import io.holdfast.config.CiConfig;
import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ControlStoreConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.Notify;
import io.holdfast.config.ServerTls;
import io.holdfast.config.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The top of the file, and the sections that are too small for a reader of their own. */
final class RootReader {
    static final List<String> KEYS = List.of(
            "listen",
            "proxy-protocol",
            "tls",
            "upstream",
            "protect",
            "people",
            "audit",
            "control-store",
            "admin",
            "limits",
            "peer-id",
            "peers",
            "notify",
            "mode",
            "local-networks",
            "ci");

    private static final List<String> TLS_KEYS = Stream.concat(
                    Stream.of("certificate", "key", "required"), ClientCertificatesReader.KEYS.stream())
            .toList();
    private static final HostPort ADMIN = new HostPort("127.0.0.1", 6433);

    /** Stands for no address while reading. */
    private static final HostPort OFF = new HostPort("off", 0);

    private static final Kind<HostPort> ADMIN_ADDRESS = new Kind<>(
            Addresses.LISTENER.expected() + ", or off",
            text -> text.equals("off")
                    ? Optional.of(OFF)
                    : Addresses.LISTENER.parse().apply(text));

    private RootReader() {}

    /** The configuration; without meaning if problems were reported. */
    static HoldfastConfig read(Section keys, Path folder) {
        List<ListenAddress> listen = ListenReader.read(keys);
        HostPort admin = keys.value("admin", ADMIN_ADDRESS, ADMIN);
        if (admin.port() != 0 && listen.contains(new ListenAddress.Tcp(admin))) {
            keys.problem("admin", "an address of listen", "another address, or off");
        }
        CiConfig.Mode mode = CiReader.mode(keys);
        Section tls = keys.section("tls", TLS_KEYS);
        ClientCertificatesReader.Read certificates = ClientCertificatesReader.read(tls);
        Upstream upstream = UpstreamReader.read(keys);
        List<Value> persons = keys.items("people", "a list of people");
        People people = PeopleReader.read(persons, !admin.equals(OFF));
        Notify notify = NotifyReader.read(keys, people, !admin.equals(OFF));
        ControlStoreConfig store = ControlStoreReader.read(keys, folder);
        Approvers approvers = new Approvers(people.all(), !admin.equals(OFF), notify.slack() != null);
        approvers.checkWays(persons);
        return new HoldfastConfig(
                listen,
                ListenReader.proxyProtocol(keys),
                tls(tls, certificates.value()),
                upstream,
                ProtectReader.read(keys, people, approvers, mode == CiConfig.Mode.LOCAL_ONLY, certificates),
                people.all(),
                AuditConfigReader.read(keys, folder, store),
                store,
                admin.equals(OFF) ? null : admin,
                LimitsReader.read(keys),
                PeersReader.read(keys),
                notify,
                CiReader.read(keys, mode, upstream.environment(), certificates));
    }

    private static @Nullable ServerTls tls(Section tls, @Nullable ClientCertificates clients) {
        Optional<Path> certificate = tls.required("certificate", "a PEM file").flatMap(FileValues::readable);
        Optional<Path> key = tls.required("key", "a PEM file").flatMap(FileValues::readable);
        boolean demanded = clients != null && clients.areRequired();
        boolean required = tls.value("required", Kinds.BOOLEAN, demanded);
        if (demanded && !required) {
            tls.problem(
                    "required", "false, but without TLS nobody can show a certificate", "true, or no such key at all");
        }
        return certificate.isPresent() && key.isPresent()
                ? new ServerTls(certificate.get(), key.get(), required || demanded, clients)
                : null;
    }
}
