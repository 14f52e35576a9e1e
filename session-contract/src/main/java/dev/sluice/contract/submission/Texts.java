package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;

/** Error texts about fields as the API's clients know them: Django REST framework's where it has one. */
public final class Texts {

    static final String REQUIRED = "This field is required.";
    static final String NOT_NULL = "This field may not be null.";
    static final String NOT_BLANK = "This field may not be blank.";
    static final String NOT_STRING = "Not a valid string.";
    static final String NOT_BOOLEAN = "Must be a valid boolean.";
    static final String TWICE = "This field is given twice.";
    static final String LONE_SURROGATE = "The text holds half of a surrogate pair, which is not a character.";

    private static final int SHOWN = 100;

    private Texts() {}

    public static String notAChoice(String value) {
        return quote(value) + " is not a valid choice.";
    }

    static String tooLong(int limit) {
        return "Ensure this field has no more than " + limit + " characters.";
    }

    static String tooMany(int limit) {
        return "Ensure this field has no more than " + limit + " elements.";
    }

    static String notAList(String type) {
        return "Expected a list of items but got type \"" + type + "\".";
    }

    static String notAnObject(String type) {
        return "Expected a dictionary of items but got type \"" + type + "\".";
    }

    static String notAnObjectOrArray(String type) {
        return "Expected a dictionary or a list of items but got type \"" + type + "\".";
    }

    static String notATask(String value, String project) {
        return quote(value) + " is not a valid task: expected one like \"" + project + "-T6\".";
    }

    static String notAnId(String type) {
        return "Incorrect type. Expected pk value, received " + type + ".";
    }

    public static String noSuchId(String id) {
        return "Invalid pk " + quote(id) + " - object does not exist.";
    }

    static String invalidData(String type) {
        return "Invalid data. Expected a dictionary, but got " + type + ".";
    }

    /** Quotes a value, truncated if long, so that an answer stays small however large the input. */
    static String quote(String value) {
        return '"' + cut(value) + '"';
    }

    public static String cut(String value) {
        return cut(value, SHOWN);
    }

    /**
     * The value, truncated if it is longer than {@code most} characters. A lone surrogate becomes a question mark: UTF-8 cannot express it, and
     * an answer, an outcome and the store are to say the same.
     */
    public static String cut(String value, int most) {
        if (value.length() <= most) {
            return whole(value);
        }
        int end = Character.isHighSurrogate(value.charAt(most - 1)) ? most - 1 : most;
        return whole(value.substring(0, end)) + "…";
    }

    private static String whole(String text) {
        return Utf8.isWhole(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
