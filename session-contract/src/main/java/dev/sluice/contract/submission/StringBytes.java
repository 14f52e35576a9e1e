package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The parser's current string in UTF-8. A string without a backslash is used in place in the body; one with single-letter escapes is copied with the
 * escapes replaced; only one with {@code \}{@code u}, or an invalid one, is decoded by Jackson and encoded again. Decoding every string took a
 * quarter of a large session's time.
 */
final class StringBytes {

    private static final byte[] NONE = {};
    private static final int LEAST_COPIED = 128;

    private final BodyParser parser;
    private final byte[] body;
    private byte[] copied = NONE;

    // A flag rather than a reference to either array, which would cost the garbage collector work for each string.
    private boolean inPlace;
    private boolean decoded;
    private boolean whole;
    private int offset;
    private int length;

    StringBytes(BodyParser parser) {
        this.parser = parser;
        this.body = parser.body();
    }

    void read() {
        int start = parser.stringStart();
        int special = Specials.next(body, start);
        inPlace = Specials.isQuote(body, special);
        decoded = false;
        whole = true;
        if (inPlace) {
            offset = start;
            length = special - start;
            parser.endString(special);
        } else if (!copyUnescaped(start, special)) {
            decode();
        }
    }

    /** Copies the string with its escapes replaced; false if there is anything but a single-letter escape. */
    private boolean copyUnescaped(int start, int firstSpecial) {
        int from = start;
        int special = firstSpecial;
        int at = 0;
        while (special + 1 < body.length) {
            int run = special - from;
            reserve(at + run + 1);
            System.arraycopy(body, from, copied, at, run);
            at += run;
            if (body[special] == '"') {
                offset = 0;
                length = at;
                parser.endString(special);
                return true;
            }
            byte meant = body[special] == '\\' ? meaning(body[special + 1]) : 0;
            if (meant == 0) {
                return false;
            }
            copied[at++] = meant;
            from = special + 2;
            special = Specials.next(body, from);
        }
        return false;
    }

    /** The character a letter after a backslash stands for, or 0. */
    private static byte meaning(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    private void decode() {
        char[] text = parser.getStringCharacters();
        int characters = parser.getStringLength();
        // A string's UTF-8 is never longer than its form in the body.
        reserve((int) Math.min(Utf8.MOST_BYTES_FOR_CHAR * (long) characters, body.length));
        int written = Utf8.encode(text, parser.getStringOffset(), characters, copied);
        decoded = true;
        whole = written >= 0;
        offset = 0;
        length = whole ? written : ~written;
    }

    private void reserve(int bytes) {
        if (copied.length < bytes) {
            copied = Arrays.copyOf(copied, Math.max(2 * copied.length, Math.max(bytes, LEAST_COPIED)));
        }
    }

    /** The array that contains the bytes, which stay valid until the next {@link #read}. */
    byte[] array() {
        return inPlace ? body : copied;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether the string has no lone surrogate, which {@link #array} holds as a question mark. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the string has more than {@code characters} code points. */
    boolean isLongerThan(int characters) {
        return length > characters && Utf8.characters(array(), offset, length) > characters;
    }

    boolean isBlank() {
        byte[] array = array();
        for (int i = offset; i < offset + length; i++) {
            if (array[i] < 0) {
                // Blanks outside ASCII are rare enough to decode the string for them.
                return text().chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
            }
            if (!Character.isWhitespace(array[i])) {
                return false;
            }
        }
        return true;
    }

    /** The string itself, for keeping or reporting. */
    String text() {
        return decoded ? parser.getString() : new String(array(), offset, length, StandardCharsets.UTF_8);
    }
}
