package io.holdfast.protocol.scram;

/**
 * All that is needed to log in as a user, and to know the server, without the password.
 *
 * @param clientKey 32 bytes; proves the user's identity, so it is as secret as the password
 * @param serverKey 32 bytes; proves the server's identity
 * @param storedKey 32 bytes; SHA-256 of the client key
 */
@SuppressWarnings("ArrayRecordComponent") // secrets are compared in constant time, by those who know how
public record ScramKeys(byte[] clientKey, byte[] serverKey, byte[] storedKey) {
    /** Without the keys: this may end in a log. */
    @Override
    public String toString() {
        return "ScramKeys[]";
    }
}
