package dev.sluice.standalone.command;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the API answered, or whatever stands before it.
 *
 * @param text as it came
 */
public record AnswerBody(String text) {

    private static final int LONGEST_DETAIL = 300;

    /** The answer as JSON; a missing node if it is none. */
    public JsonNode json() {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException _) {
            return JsonMapper.shared().missingNode();
        }
    }

    /** What it says of what is wrong, on one line and not at length. */
    public String detail() {
        String detail = json().path("detail").asString("");
        String line = detail.isEmpty() ? text.strip().replaceAll("\\s+", " ") : detail;
        return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line;
    }
}
