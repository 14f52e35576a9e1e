package dev.sluice.contract.text;

import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text by others safe to display, so that it cannot control a terminal, start a new line or change the reading order. Letters, marks, numbers,
 * punctuation, symbols and spaces are kept; control characters (in or beyond ASCII), line separators, directional and unassigned characters are not.
 */
public final class Printable {

    /** The characters kept, for a character class of a regular expression. */
    public static final String CLASSES = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}";

    private static final Pattern OTHERS = Pattern.compile("[^" + CLASSES + "]");
    private static final Pattern JSON_BREAKS = Pattern.compile("[\r\n\t]");

    private Printable() {}

    /** The text with a question mark for each other character. */
    public static String text(String text) {
        return OTHERS.matcher(text).replaceAll("?");
    }

    /** Equivalent JSON in which other characters are escaped and line breaks between tokens become spaces. */
    public static String json(String json) {
        String line = JSON_BREAKS.matcher(json).replaceAll(" ");
        return OTHERS.matcher(line).replaceAll(Printable::escaped);
    }

    private static String escaped(MatchResult match) {
        StringBuilder escaped = new StringBuilder();
        match.group()
                .chars()
                .forEach(unit -> escaped.append("\\u").append(HexFormat.of().toHexDigits((char) unit)));
        return Matcher.quoteReplacement(escaped.toString());
    }
}
