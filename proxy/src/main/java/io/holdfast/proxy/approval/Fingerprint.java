package io.holdfast.proxy.approval;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Identity of what was approved. Exact bytes: a comparison that overlooks comments, white space or literals would let an
 * approval pass for a statement that does something else.
 *
 * @param sha256 lower-case hexadecimal
 */
public record Fingerprint(String sha256) {
    /**
     * Of the messages that make up the unit, and of whatever else must be the same when it runs, such as {@code search_path}.
     *
     * @param parts in order; each is hashed with its length before it, so that no two lists share their bytes
     */
    public static Fingerprint of(List<byte[]> parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return sha256;
    }
}
