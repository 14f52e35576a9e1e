package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a field may have, found without making a string of the text that is looked up. */
final class Choices {

    private final String[] values;
    private final byte[][] texts;

    private Choices(List<String> values) {
        this.values = values.toArray(String[]::new);
        this.texts = values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    static Choices of(String... values) {
        return new Choices(List.of(values));
    }

    static Choices of(List<String> values) {
        return new Choices(values);
    }

    /** The choice that reads as the text, or null. */
    @Nullable
    String find(StringBytes text) {
        byte[] array = text.array();
        int offset = text.offset();
        int length = text.length();
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].length == length && matches(texts[i], array, offset)) {
                return values[i];
            }
        }
        return null;
    }

    // For so few bytes faster than Arrays.equals, which prepares for many.
    private static boolean matches(byte[] value, byte[] text, int offset) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
