package dev.sluice.contract.submission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes in a JSON string that do not stand for themselves: its closing quote, backslashes, and control characters, which it may not have. */
final class Specials {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Specials() {}

    /** The position of the first one from {@code from} on, or the end. */
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

    /** Whether there is a quote at a position, which may be the end. */
    static boolean isQuote(byte[] body, int position) {
        return position < body.length && body[position] == '"';
    }

    /**
     * The high bit of the first of eight bytes that is special, and maybe bits above it; 0 if none is. All eight are looked at at once: taking
     * n from a byte below n sets its high bit (and may spoil the bytes above); bytes from 0x80 on had theirs before, and are masked out.
     */
    private static long among(long bytes) {
        // With this bit flipped a quote, 0x22, comes to stand right above the controls, at 0x20, and nothing else does.
        long controlsAndQuote = bytes ^ (EACH * 0x02);
        long backslash = bytes ^ (EACH * '\\');
        return (((controlsAndQuote - EACH * 0x21) & ~controlsAndQuote) | ((backslash - EACH) & ~backslash)) & HIGH_BITS;
    }

    private static boolean isSpecial(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }
}
