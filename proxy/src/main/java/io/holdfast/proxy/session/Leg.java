package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.TransactionStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One upstream connection of a session and what the server on it knows of the session. */
public final class Leg {
    private final LegRole role;
    private final HostPort server;
    private final LegLink link;
    private final BackendKey key;
    private final Map<String, String> parameters;
    private final long openedNanos = System.nanoTime();

    /** Statements under their names; null where a failed unit left it open whether the name exists. */
    private final Map<String, @Nullable PreparedStatement> prepared = new HashMap<>();

    private long settingsApplied;
    private boolean goodbye;
    private TransactionStatus status = TransactionStatus.IDLE;

    /**
     * A leg that has just logged in.
     *
     * @param key of the server, for cancelling
     * @param parameters the ParameterStatus values so far
     */
    public Leg(LegRole role, HostPort server, LegLink link, BackendKey key, Map<String, String> parameters) {
        this.role = role;
        this.server = server;
        this.link = link;
        this.key = key;
        this.parameters = new LinkedHashMap<>(parameters);
    }

    public LegRole role() {
        return role;
    }

    public HostPort server() {
        return server;
    }

    public LegLink link() {
        return link;
    }

    public BackendKey key() {
        return key;
    }

    /** When it had logged in, monotonic. */
    long openedNanos() {
        return openedNanos;
    }

    /** The newest ParameterStatus values, live. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** The server has said why it is about to close the connection. */
    void saidGoodbye() {
        goodbye = true;
    }

    /** False for a connection that ended without a word, as one to a lost server does. */
    boolean hasSaidGoodbye() {
        return goodbye;
    }

    TransactionStatus status() {
        return status;
    }

    void ready(TransactionStatus newStatus) {
        status = newStatus;
    }

    /** The statement that the server has under the name, as far as is known. */
    @Nullable
    PreparedStatement prepared(String name) {
        return prepared.get(name);
    }

    /** Whether the server may have anything under the name. */
    boolean mayHave(String name) {
        return prepared.containsKey(name);
    }

    void prepares(PreparedStatement statement) {
        prepared.put(statement.name(), statement);
    }

    /** The server may or may not have a statement under the name. */
    void unsureOf(String name) {
        prepared.put(name, null);
    }

    /** The same of a name that is only unsure if it was there; null: of all. */
    void unsure(@Nullable String name) {
        prepared.replaceAll((key, statement) -> name == null || key.equals(name) ? null : statement);
    }

    void forgets(String name) {
        prepared.remove(name);
    }

    void forgetsAll() {
        prepared.clear();
    }

    long settingsApplied() {
        return settingsApplied;
    }

    void settingsApplied(long sequence) {
        settingsApplied = sequence;
    }
}
