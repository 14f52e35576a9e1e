package dev.sluice.http.server;

import java.util.List;
import java.util.Locale;

/** Which media types a client may ask for and send: JSON in UTF-8 and nothing else. */
final class MediaTypes {

    private static final int MAX_QUOTED = 100;

    private MediaTypes() {}

    /** Whether an answer in JSON suits one of the Accept header's values; no header takes everything. */
    static boolean acceptsJson(List<String> accept) {
        if (accept.stream().allMatch(String::isBlank)) {
            return true;
        }
        for (String value : accept) {
            for (String range : value.split(",", -1)) {
                if (isJsonRange(range)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a body of this Content-Type is JSON in UTF-8. */
    static boolean isJson(String contentType) {
        String[] parts = contentType.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase("application/json")) {
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

    /** A header's value as an error may repeat it: of bounded length, without control characters. */
    static String quotable(String value) {
        String bounded = value.length() > MAX_QUOTED ? value.substring(0, MAX_QUOTED) : value;
        return bounded.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static boolean isJsonRange(String range) {
        String[] parts = range.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.equals("application/*") && !type.equals("*/*")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2) && isZero(parameter.substring(2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String quality) {
        return quality.strip().matches("0(\\.0{0,3})?");
    }

    private static boolean isUtf8(String charset) {
        String name = charset.replace("\"", "").strip();
        return name.equals("utf-8") || name.equals("utf8");
    }
}
