package dev.sluice.standalone.command;

import dev.sluice.contract.submission.Texts;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response body from the API, or from a proxy in front of it. */
public record AnswerBody(String text) {

    private static final int LONGEST_DETAIL = 300;

    /** The body as JSON; a missing node if it is not JSON. */
    public JsonNode json() {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException _) {
            return JsonMapper.shared().missingNode();
        }
    }

    /** A short, single-line description of the error that the body reports. */
    public String detail() {
        String detail = json().path("detail").asString("");
        String line = detail.isEmpty() ? text.strip().replaceAll("\\s+", " ") : detail;
        return Texts.cut(line, LONGEST_DETAIL);
    }
}
