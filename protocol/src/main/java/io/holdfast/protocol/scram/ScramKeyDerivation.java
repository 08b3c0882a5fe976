package io.holdfast.protocol.scram;

/**
 * From a password to its keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802, section 3</a>
 */
final class ScramKeyDerivation {
    private ScramKeyDerivation() {}

    static ScramKeys keys(byte[] password, byte[] salt, int iterations) {
        byte[] prepared = PasswordPreparation.prepare(password);
        if (prepared.length == 0) {
            throw new IllegalArgumentException("empty password");
        }
        byte[] salted = ScramCrypto.saltedPassword(prepared, salt, iterations);
        byte[] clientKey = ScramCrypto.hmac(salted, "Client Key");
        return new ScramKeys(clientKey, ScramCrypto.hmac(salted, "Server Key"), ScramCrypto.hash(clientKey));
    }
}
