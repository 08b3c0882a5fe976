package io.holdfast.protocol.message;

/** The Int32 that tells one Authentication message from another: {@code AUTH_REQ_*} in PostgreSQL. */
final class AuthenticationCode {
    static final int OK = 0;
    static final int CLEARTEXT_PASSWORD = 3;
    static final int MD5_PASSWORD = 5;
    static final int SASL = 10;
    static final int SASL_CONTINUE = 11;
    static final int SASL_FINAL = 12;

    static final int MD5_SALT_BYTES = 4;

    private AuthenticationCode() {}
}
