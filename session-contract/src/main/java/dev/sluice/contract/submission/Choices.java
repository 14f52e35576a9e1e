package dev.sluice.contract.submission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a field may have, found without making a string of the text that is looked up. */
final class Choices {

    private final String[] values;
    private final char[][] texts;

    private Choices(List<String> values) {
        this.values = values.toArray(String[]::new);
        this.texts = values.stream().map(String::toCharArray).toArray(char[][]::new);
    }

    static Choices of(String... values) {
        return new Choices(List.of(values));
    }

    static Choices of(List<String> values) {
        return new Choices(values);
    }

    /** The choice that reads as the text, or null. */
    @Nullable
    String find(char[] text, int offset, int length) {
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].length == length && matches(texts[i], text, offset)) {
                return values[i];
            }
        }
        return null;
    }

    private static boolean matches(char[] value, char[] text, int offset) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
