package dev.sluice.contract.access;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The last use of a token as JSON, as it is in the token-uses topic, keyed by the token's id: {@code {"used": "2026-11-23T10:00:00Z"}}. */
public final class TokenUseJson {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private TokenUseJson() {}

    public static byte[] write(Instant used) {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("used", used.toString()));
    }

    /**
     * Reads the value of a record of the topic.
     *
     * @throws IllegalArgumentException if {@link #write} did not write the value
     */
    public static Instant read(byte[] value) {
        try {
            return Instant.parse(JSON.readTree(value).path("used").stringValue(""));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("it is not the JSON of a token's use", e);
        }
    }
}
