package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The string that the parser stands at, as UTF-8. The body has it in UTF-8 already: a string without a backslash is taken where it stands, one
 * with escapes of one letter is copied without them, and only one with {@code \}{@code u} (or one that is wrong) is decoded by Jackson and
 * encoded again. Having all of them decoded took a quarter of a large session's time.
 */
final class StringBytes {

    private static final byte[] NONE = {};
    private static final int LEAST_COPIED = 128;

    private final BodyParser parser;
    private final byte[] body;
    private byte[] copied = NONE;

    // Flags rather than a reference to either array: a garbage collector's work at each string.
    private boolean inPlace;
    private boolean decoded;
    private boolean whole;
    private int offset;
    private int length;

    StringBytes(BodyParser parser) {
        this.parser = parser;
        this.body = parser.body();
    }

    /** Takes the string that the parser stands at, and goes to its end. */
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

    /** Copies what is between the escapes, and what they stand for; false if something else than an escape of one letter comes. */
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

    /** What a letter after a backslash stands for, or 0. */
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
        // What stands in the body is never shorter than its UTF-8.
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

    /** The array that has the bytes; they stay there until the next {@link #read}. */
    byte[] array() {
        return inPlace ? body : copied;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether all of it is characters; half of a surrogate pair is none, and stands as a question mark. */
    boolean isWhole() {
        return whole;
    }

    /** Whether it has more characters (code points) than that. */
    boolean isLongerThan(int characters) {
        return length > characters && Utf8.characters(array(), offset, length) > characters;
    }

    boolean isBlank() {
        byte[] array = array();
        for (int i = offset; i < offset + length; i++) {
            if (array[i] < 0) {
                // A blank may be other than ASCII's; so seldom that it may be decoded.
                return text().chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
            }
            if (!Character.isWhitespace(array[i])) {
                return false;
            }
        }
        return true;
    }

    /** The same as a string, for what is kept or told. */
    String text() {
        return decoded ? parser.getString() : new String(array(), offset, length, StandardCharsets.UTF_8);
    }
}
