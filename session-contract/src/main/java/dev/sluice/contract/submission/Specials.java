package dev.sluice.contract.submission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes that are special in a JSON string: the closing quote, backslashes, and control characters, which are illegal. */
final class Specials {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Specials() {}

    /** The position of the first special byte from {@code from} on, or the end. */
    static int next(byte[] body, int from) {
        int position = from;
        while (position + Long.BYTES <= body.length) {
            long found = among((long) LONGS.get(body, position));
            if (found != 0) {
                return position + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            position += Long.BYTES;
        }
        while (position < body.length && !isSpecial(body[position])) {
            position++;
        }
        return position;
    }

    /** Whether the byte at {@code position} is a quote; false at the end. */
    static boolean isQuote(byte[] body, int position) {
        return position < body.length && body[position] == '"';
    }

    /**
     * The high bit of the first special byte of eight, and possibly bits above it; 0 if there is none. All eight bytes are tested at once:
     * subtracting n sets the high bit of a byte below n (and may spoil the bytes above it); bytes from 0x80 on, whose high bit was already set, are
     * masked out.
     */
    private static long among(long bytes) {
        // Flipping this bit moves the quote, 0x22, and no other byte, to 0x20, right above the control characters.
        long controlsAndQuote = bytes ^ (EACH * 0x02);
        long backslash = bytes ^ (EACH * '\\');
        return (((controlsAndQuote - EACH * 0x21) & ~controlsAndQuote) | ((backslash - EACH) & ~backslash)) & HIGH_BITS;
    }

    private static boolean isSpecial(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }
}
