package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;

/**
 * How many bytes names take in UTF-8. The few names that notes and findings have come again and again, and from the parser as the same
 * strings: those are recognized without being looked at. For one thread.
 */
final class NameBytes {

    private static final int SLOTS = 16;

    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final int[] bytes = new int[SLOTS];

    /** Bytes that the name takes, or -1 if MongoDB cannot have it: with NUL, or half of a surrogate pair. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    int bytes(String name) {
        int slot = name.hashCode() & SLOTS - 1;
        if (names[slot] != name) {
            names[slot] = name;
            bytes[slot] = name.indexOf('\0') < 0 ? Utf8.length(name) : -1;
        }
        return bytes[slot];
    }
}
