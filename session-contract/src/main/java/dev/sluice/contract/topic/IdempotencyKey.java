package dev.sluice.contract.topic;

/** The form of an Idempotency-Key: 1 to {@value #MAX_LENGTH} printable characters of ASCII. */
public final class IdempotencyKey {

    /** The most characters a key may have. */
    public static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /** Whether {@code text} can be a key. */
    public static boolean isValid(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
