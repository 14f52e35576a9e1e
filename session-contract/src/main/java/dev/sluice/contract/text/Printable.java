package dev.sluice.contract.text;

import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be shown of text that others wrote, so that it neither steers a terminal, nor begins a line, nor reads in another order than it
 * is written in: letters, marks, numbers, punctuation, symbols and spaces. No control characters, be they ASCII's or not, no separators of
 * lines, nothing that directs, nothing unassigned.
 */
public final class Printable {

    /** Those characters, for a class of a regular expression. */
    public static final String CLASSES = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}";

    private static final Pattern OTHERS = Pattern.compile("[^" + CLASSES + "]");
    private static final Pattern JSON_BREAKS = Pattern.compile("[\r\n\t]");

    private Printable() {}

    /** The text with question marks for all else. */
    public static String text(String text) {
        return OTHERS.matcher(text).replaceAll("?");
    }

    /** JSON as JSON that says the same: all else is escaped, and line breaks between its parts are spaces. */
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
