package dev.sluice.contract.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "task", "größe", "レベル", "x😀"})
    void isWrittenInUtf8AndEndedByNul(String text) {
        FieldName name = FieldName.of(text);
        byte[] target = new byte[name.length() + 2];

        assertThat(name.writeTo(target, 1)).isEqualTo(1 + name.length());
        assertThat(new String(target, 1, name.length(), UTF_8)).isEqualTo(text + "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\uD800", "\uDC00\uD800"})
    void isRefusedIfMongoDbCannotHaveIt(String text) {
        FieldName name = FieldName.of(text);

        assertThat(name.isStorable()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> name.writeTo(new byte[16], 0));
    }

    @Test
    void isTheRightOneHoweverManyOthersWereAskedForBefore() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                assertThat(FieldName.of("name" + i).text()).isEqualTo("name" + i);
            }
        }
    }

    @Test
    void isMadeOnceIfItIsShortAndAskedForAgain() {
        assertThat(FieldName.of("confidence")).isSameAs(FieldName.of("confidence"));
        assertThat(FieldName.of("x".repeat(65))).isNotSameAs(FieldName.of("x".repeat(65)));
    }
}
