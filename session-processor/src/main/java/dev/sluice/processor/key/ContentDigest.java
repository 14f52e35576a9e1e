package dev.sluice.processor.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 of what a submission says: its type, its task and its body. Two that say the same have the same. */
public final class ContentDigest {

    private final byte[] bytes;

    private ContentDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The digest of a submission.
     *
     * @param type the record's ce_type
     * @param task the task of a lone note; else empty
     */
    public static ContentDigest of(String type, String task, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // Neither holds NUL, so nothing of one can pass for a part of the other.
            sha256.update((type + '\0' + task + '\0').getBytes(StandardCharsets.UTF_8));
            return new ContentDigest(sha256.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static ContentDigest ofBytes(byte[] bytes) {
        return new ContentDigest(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
