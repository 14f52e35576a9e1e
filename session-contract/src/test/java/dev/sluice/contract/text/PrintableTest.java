package dev.sluice.contract.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, '\t', '\n', '\r', 0x1b, 0x7f, 0x80, 0x85, 0x90, 0x9b, 0x9d, 0x9f, 0xad, 0x200b, 0x200e,
                0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xfeff, 0xfffe
            })
    void showsAQuestionMarkForWhatWouldSteerATerminal(int character) {
        assertThat(Printable.text("a" + (char) character + "b")).isEqualTo("a?b");
    }

    @Test
    void leavesWhatPeopleWriteAsItIs() {
        String written =
                "Zo\u00eb Zoe\u0308 \u0939\u093f\u0928\u094d\u0926\u0940 \u65e5\u672c \ud83d\ude00 <a@b.c> \u20ac5 50%\u00a0|";

        assertThat(Printable.text(written)).isEqualTo(written);
    }
}
