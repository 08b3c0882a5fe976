package io.holdfast.proxy.net;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.console.Console;
import io.holdfast.proxy.session.CancelKeys;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.upstream.VerifierSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What every client connection of one proxy needs.
 *
 * @param background for what may block
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Gateway(
        HoldfastConfig config,
        SessionServices services,
        VerifierSource verifiers,
        People people,
        Console console,
        Executor background,
        CancelKeys cancelKeys,
        CancelDesk cancels,
        Clients clients,
        Handshakes handshakes,
        ScramNonce nonce,
        byte[] mockSecret,
        TlsContexts.@Nullable Server tls) {
    /** The database that is not one: the admin console. */
    static final String CONSOLE_DATABASE = "holdfast";
}
