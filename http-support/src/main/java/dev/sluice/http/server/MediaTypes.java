package dev.sluice.http.server;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The media types that a client may accept and send: JSON in UTF-8, and for streams, one JSON text per line. */
final class MediaTypes {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MAX_QUOTED = 100;
    // The client says with a quality of zero that it does not take it.
    private static final Pattern REFUSED =
            Pattern.compile(";\\s*q=\\s*0(\\.0{0,3})?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private MediaTypes() {}

    /**
     * Returns whether one of the Accept header's values allows a JSON response; without the header everything
     * is accepted.
     */
    static boolean acceptsJson(List<String> accept) {
        return accepts(accept, JSON);
    }

    /** Returns whether one of the Accept header's values allows a JSON response, whole or line by line. */
    static boolean acceptsJsonOrNdjson(List<String> accept) {
        return accepts(accept, JSON) || accepts(accept, NDJSON);
    }

    private static boolean accepts(List<String> accept, String mediaType) {
        if (accept.isEmpty() || accept.stream().allMatch(String::isBlank)) {
            return true;
        }
        // The most specific range that includes the type decides; of equally specific ones, one that is not refused.
        int closest = 0;
        boolean taken = false;
        for (String value : accept) {
            for (String range : value.split(",", -1)) {
                int closeness = closeness(range, mediaType);
                boolean takes = closeness > 0 && !REFUSED.matcher(range).find();
                if (closeness > closest) {
                    closest = closeness;
                    taken = takes;
                } else if (closeness == closest) {
                    taken |= takes;
                }
            }
        }
        return taken;
    }

    /** How specific a range that includes the type is; 0 if it does not include it. */
    private static int closeness(String range, String mediaType) {
        int semicolon = range.indexOf(';');
        String type = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
        if (type.equalsIgnoreCase(mediaType)) {
            return 3;
        }
        return type.equalsIgnoreCase("application/*") ? 2 : type.equals("*/*") ? 1 : 0;
    }

    static boolean isJson(String contentType) {
        return isUtf8Of(JSON, contentType);
    }

    static boolean isNdjson(String contentType) {
        return isUtf8Of(NDJSON, contentType);
    }

    private static boolean isUtf8Of(String mediaType, String contentType) {
        String[] parts = contentType.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(mediaType)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=") && !isUtf8(parameter.substring("charset=".length()))) {
                return false;
            }
        }
        return true;
    }

    /** A header's value in a form that an error may quote: of bounded length, without control characters. */
    static String quotable(String value) {
        String bounded = value.length() > MAX_QUOTED ? value.substring(0, MAX_QUOTED) : value;
        return bounded.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static boolean isUtf8(String charset) {
        String name = charset.replace("\"", "").strip();
        return name.equals("utf-8") || name.equals("utf8");
    }
}
