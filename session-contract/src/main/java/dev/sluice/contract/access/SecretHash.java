package dev.sluice.contract.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The SHA-256 hash of a token's secret. A secret has 256 random bits and cannot be guessed, so a fast hash is enough. Comparison takes constant time.
 */
public final class SecretHash {

    private static final int BYTES = 32;

    private final byte[] digest;

    private SecretHash(byte[] digest) {
        this.digest = digest;
    }

    public static SecretHash ofSecret(String secret) {
        try {
            return new SecretHash(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static SecretHash ofEncoded(String encoded) {
        byte[] digest = Base64.getDecoder().decode(encoded);
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a secret's hash has " + digest.length + " bytes: expected " + BYTES);
        }
        return new SecretHash(digest);
    }

    public String encoded() {
        return Base64.getEncoder().encodeToString(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash hash && MessageDigest.isEqual(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "SecretHash";
    }
}
