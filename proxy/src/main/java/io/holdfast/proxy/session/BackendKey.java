package io.holdfast.proxy.session;

/**
 * What a CancelRequest must name.
 *
 * @param processId as the server gave it
 * @param secret 4..256 bytes
 */
public record BackendKey(int processId, byte[] secret) {}
