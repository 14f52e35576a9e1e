package dev.sluice.contract.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Identifies a submission under an Idempotency-Key: SHA-256 over the type, the task and the body's bytes. Two submissions are the same if their
 * digests are equal, both to the edge and to the processor.
 */
public final class SubmissionDigest {

    private final byte[] sha256;

    private SubmissionDigest(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** {@code type}: see {@link SubmissionHeaders#CE_TYPE}; {@code task}: that of a lone note, without its project, and empty for a session. */
    public static SubmissionDigest of(String type, String task, byte[] body) {
        MessageDigest digest = sha256();
        updateWithLength(digest, type.getBytes(StandardCharsets.UTF_8));
        updateWithLength(digest, task.getBytes(StandardCharsets.UTF_8));
        digest.update(body);
        return new SubmissionDigest(digest.digest());
    }

    public static SubmissionDigest ofBytes(byte[] sha256) {
        return new SubmissionDigest(sha256.clone());
    }

    public byte[] toBytes() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubmissionDigest digest && Arrays.equals(sha256, digest.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }

    // The length in front keeps a part from being taken for the end of the one before.
    private static void updateWithLength(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
