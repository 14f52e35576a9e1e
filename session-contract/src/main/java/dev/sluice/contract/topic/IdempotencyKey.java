package dev.sluice.contract.topic;

/** The form of an Idempotency-Key: 1 to {@value #MAX_LENGTH} printable ASCII characters. */
public final class IdempotencyKey {

    public static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    public static boolean isValid(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
