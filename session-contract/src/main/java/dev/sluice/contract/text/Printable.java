package dev.sluice.contract.text;

import java.util.regex.Pattern;

/**
 * Makes text by others safe to display, so that it cannot control a terminal, start a new line or change the reading order. Letters, marks, numbers,
 * punctuation, symbols and spaces are kept; control characters (in or beyond ASCII), line separators, directional and unassigned characters are not.
 */
public final class Printable {

    /** The characters kept, for a character class of a regular expression. */
    public static final String CLASSES = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}";

    private static final Pattern OTHERS = Pattern.compile("[^" + CLASSES + "]");

    private Printable() {}

    /** The text with a question mark for each other character. */
    public static String text(String text) {
        return OTHERS.matcher(text).replaceAll("?");
    }
}
