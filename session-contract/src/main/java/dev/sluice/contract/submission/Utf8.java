package dev.sluice.contract.submission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks, measures and encodes UTF-8 (well-formedness by Unicode 17, table 3-7). */
final class Utf8 {

    /** The maximum number of bytes per {@code char}; a surrogate pair takes four. */
    static final int MOST_BYTES_FOR_CHAR = 3;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    /** The position of the first byte that is not well-formed UTF-8, or -1. */
    static int firstMalformed(byte[] bytes) {
        int position = 0;
        while (position < bytes.length) {
            position = skipAscii(bytes, position);
            if (position < bytes.length) {
                int length = sequenceLength(bytes, position);
                if (length == 0) {
                    return position;
                }
                position += length;
            }
        }
        return -1;
    }

    /** The position of the first non-ASCII byte from {@code from} on, or the end. */
    private static int skipAscii(byte[] bytes, int from) {
        int position = from;
        while (position + 4 * Long.BYTES <= bytes.length
                && ((word(bytes, position)
                                        | word(bytes, position + 8)
                                        | word(bytes, position + 16)
                                        | word(bytes, position + 24))
                                & HIGH_BITS)
                        == 0) {
            position += 4 * Long.BYTES;
        }
        while (position + Long.BYTES <= bytes.length) {
            long high = word(bytes, position) & HIGH_BITS;
            if (high != 0) {
                return position + Long.numberOfTrailingZeros(high) / Byte.SIZE;
            }
            position += Long.BYTES;
        }
        while (position < bytes.length && bytes[position] >= 0) {
            position++;
        }
        return position;
    }

    private static long word(byte[] bytes, int position) {
        return (long) LONGS.get(bytes, position);
    }

    /** The length of the sequence of two to four bytes at {@code position}, or 0 if it is malformed. */
    private static int sequenceLength(byte[] bytes, int position) {
        int lead = bytes[position] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, position + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            boolean second = continues(bytes, position + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
            return second && continues(bytes, position + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            boolean second = continues(bytes, position + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
            return second && continues(bytes, position + 2, 0x80, 0xBF) && continues(bytes, position + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int position, int lowest, int highest) {
        if (position >= bytes.length) {
            return false;
        }
        int value = bytes[position] & 0xFF;
        return value >= lowest && value <= highest;
    }

    /** The number of characters (code points) in well-formed text. */
    static int characters(byte[] text, int offset, int length) {
        int characters = 0;
        for (int i = offset; i < offset + length; i++) {
            // Every byte except a continuation byte, 0x80 to 0xBF, starts a character.
            characters += text[i] >= (byte) 0xC0 ? 1 : 0;
        }
        return characters;
    }

    /**
     * Encodes text to the start of {@code target}, which must have room for it.
     *
     * @return the number of bytes written; its complement if there were lone surrogates, which UTF-8 cannot express and which become question marks
     */
    static int encode(char[] text, int offset, int length, byte[] target) {
        int at = 0;
        boolean whole = true;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | (c >> 6));
                target[at++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | (c >> 12));
                target[at++] = continuation(c >> 6);
                target[at++] = continuation(c);
            } else if (i + 1 < end && Character.isSurrogatePair(c, text[i + 1])) {
                int point = Character.toCodePoint(c, text[++i]);
                target[at++] = (byte) (0xF0 | (point >> 18));
                target[at++] = continuation(point >> 12);
                target[at++] = continuation(point >> 6);
                target[at++] = continuation(point);
            } else {
                target[at++] = '?';
                whole = false;
            }
        }
        return whole ? at : ~at;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    /** Whether the text has no lone surrogate, which UTF-8 cannot express. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                i++;
                if (i == text.length() || !Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
