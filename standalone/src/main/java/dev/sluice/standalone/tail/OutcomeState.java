package dev.sluice.standalone.tail;

import java.util.Locale;

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
}
