package dev.sluice.standalone.tail;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The possible outcomes of a submission. */
enum OutcomeState {
    STORED("green"),
    DUPLICATE("yellow"),
    REJECTED("red"),
    DEAD_LETTERED("magenta");

    private final String color;

    OutcomeState(String color) {
        this.color = color;
    }

    /** The state's name on the topic. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The color's name in picocli. */
    String color() {
        return color;
    }

    /** All names. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(OutcomeState::slug).iterator();
        }
    }

    /** Parses a state from its name. */
    static final class Option implements ITypeConverter<OutcomeState> {
        @Override
        public OutcomeState convert(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.slug().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\" is not a state: expected " + String.join(", ", new Names())));
        }
    }
}
