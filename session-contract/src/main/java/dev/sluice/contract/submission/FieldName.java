package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A field name as BSON stores it. Submissions repeat few names, so some are cached for all threads to avoid encoding them again. */
public final class FieldName {

    // Limits the cache to a few hundred KiB, whatever clients send.
    private static final int SLOT_BITS = 10;
    private static final int LONGEST_REMEMBERED = 64;
    // 2^32 divided by the golden ratio: spreads differences anywhere in a hash.
    private static final int SPREAD = 0x9E3779B9;
    private static final @Nullable FieldName[] REMEMBERED = new @Nullable FieldName[1 << SLOT_BITS];

    private final String text;
    private final byte[] bytes;
    private final boolean storable;

    private FieldName(String text) {
        this.text = text;
        this.storable = text.indexOf('\0') < 0 && Utf8.isWhole(text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.bytes = Arrays.copyOf(utf8, utf8.length + 1);
    }

    // Threads may overwrite each other's entries: names are immutable, and any cached instance will do.
    public static FieldName of(String text) {
        int slot = (text.hashCode() * SPREAD) >>> (Integer.SIZE - SLOT_BITS);
        FieldName known = REMEMBERED[slot];
        if (known != null && known.text.equals(text)) {
            return known;
        }
        FieldName made = new FieldName(text);
        if (text.length() <= LONGEST_REMEMBERED) {
            REMEMBERED[slot] = made;
        }
        return made;
    }

    public String text() {
        return text;
    }

    /** Whether MongoDB can store the name: it has no NUL and no lone surrogate. */
    boolean isStorable() {
        return storable;
    }

    /**
     * Writes the name in UTF-8 with a terminating NUL and returns the position after it; throws {@link IllegalArgumentException} if MongoDB cannot
     * store it.
     */
    public int writeTo(byte[] target, int position) {
        if (!storable) {
            throw new IllegalArgumentException("a name in BSON has no NUL and only whole characters");
        }
        System.arraycopy(bytes, 0, target, position, bytes.length);
        return position + bytes.length;
    }

    /** The number of bytes {@link #writeTo} writes. */
    public int length() {
        return bytes.length;
    }
}
