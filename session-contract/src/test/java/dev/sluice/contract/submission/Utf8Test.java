package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Agrees with the JDK about every combination of the bytes and characters where a rule begins or ends. */
class Utf8Test {

    private static final byte[] BYTES = HexFormat.of().parseHex("417F808F909FA0BFC0C1C2DFE0E1ECEDEEEFF0F1F3F4F5FF");
    private static final char[] CHARS = {
        '\0', 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFFFF
    };
    private static final int SEVERAL_WORDS = 80;

    @Test
    void findsTheFirstMalformedByteThatTheJdkFinds() {
        for (int length = 1; length <= 4; length++) {
            int combinations = (int) Math.pow(BYTES.length, length);
            for (int combination = 0; combination < combinations; combination++) {
                byte[] bytes = new byte[length];
                for (int i = 0, rest = combination; i < length; i++, rest /= BYTES.length) {
                    bytes[i] = BYTES[rest % BYTES.length];
                }
                if (Utf8.firstMalformed(bytes) != firstMalformedForTheJdk(bytes)) {
                    assertThat(Utf8.firstMalformed(bytes))
                            .as(HexFormat.of().formatHex(bytes))
                            .isEqualTo(firstMalformedForTheJdk(bytes));
                }
            }
        }
    }

    @Test
    void findsAMalformedByteWhereverItIs() {
        for (int position = 0; position < SEVERAL_WORDS; position++) {
            byte[] bytes = new byte[SEVERAL_WORDS];
            Arrays.fill(bytes, (byte) 'a');
            bytes[position] = (byte) 0x80;

            assertThat(Utf8.firstMalformed(bytes)).isEqualTo(position);
        }
    }

    @Test
    void encodesAndMeasuresAsTheJdkDoes() {
        for (char first : CHARS) {
            for (char second : CHARS) {
                for (char third : CHARS) {
                    encodesAndMeasures(new String(new char[] {first, second, third}));
                }
            }
        }
    }

    private static void encodesAndMeasures(String text) {
        // The characters around it must not be taken for halves of its pairs.
        char[] chars = ("\uD800" + text + "\uDC00").toCharArray();
        boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        byte[] target = new byte[expected.length];

        assertThat(Utf8.encode(chars, 1, text.length(), target)).isEqualTo(whole ? expected.length : ~expected.length);
        assertThat(target).isEqualTo(expected);
        assertThat(Utf8.isWhole(text)).isEqualTo(whole);
        if (whole) {
            assertThat(Utf8.characters(expected, 0, expected.length)).isEqualTo(text.codePointCount(0, text.length()));
        }
    }

    private static int firstMalformedForTheJdk(byte[] bytes) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .decode(read, CharBuffer.allocate(bytes.length), true)
                .isMalformed();
        return malformed ? read.position() : -1;
    }
}
