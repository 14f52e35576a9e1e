package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpecialsTest {

    private static final int LENGTH = 21;

    @Test
    void findsQuotesBackslashesAndControlsAndNothingElseWhereverTheyAre() {
        for (int value = 0; value < 256; value++) {
            boolean special = value == '"' || value == '\\' || value < ' ';
            for (int position = 0; position < LENGTH; position++) {
                byte[] body = filled('a');
                body[position] = (byte) value;

                assertThat(Specials.next(body, 0)).isEqualTo(special ? position : LENGTH);
            }
        }
    }

    @Test
    void findsTheFirstWhateverIsAroundIt() {
        for (int around = 0x20; around < 256; around++) {
            if (around == '"' || around == '\\') {
                continue;
            }
            for (int after = 0; after < 256; after++) {
                byte[] body = filled(around);
                body[9] = '"';
                body[10] = (byte) after;

                assertThat(Specials.next(body, 3)).isEqualTo(9);
            }
        }
    }

    @Test
    void startsWhereItIsTold() {
        byte[] body = filled('"');

        for (int from = 0; from < LENGTH; from++) {
            assertThat(Specials.next(body, from)).isEqualTo(from);
        }
        assertThat(Specials.isQuote(body, LENGTH)).isFalse();
    }

    private static byte[] filled(int value) {
        byte[] body = new byte[LENGTH];
        Arrays.fill(body, (byte) value);
        return body;
    }
}
