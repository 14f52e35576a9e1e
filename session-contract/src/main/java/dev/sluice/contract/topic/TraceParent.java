package dev.sluice.contract.topic;

import java.util.regex.Pattern;

/** The form of a W3C trace context. Any other form is dropped, as the specification says. */
public final class TraceParent {

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** Whether {@code text} is a valid trace context. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
