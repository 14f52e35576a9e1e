package dev.sluice.contract.submission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a field may have, found without making a string of the text that is looked up. */
final class Choices {

    private final String[] values;

    private Choices(List<String> values) {
        this.values = values.toArray(String[]::new);
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
        for (String value : values) {
            if (value.length() == length && matches(value, text, offset)) {
                return value;
            }
        }
        return null;
    }

    private static boolean matches(String value, char[] text, int offset) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
