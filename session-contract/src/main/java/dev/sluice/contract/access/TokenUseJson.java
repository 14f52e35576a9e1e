package dev.sluice.contract.access;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** When a token was used last as JSON, the value of the token-uses topic, whose key is the token's id: {@code {"used": "2026-11-23T10:00:00Z"}}. */
public final class TokenUseJson {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private TokenUseJson() {}

    /** In UTF-8. */
    public static byte[] write(Instant used) {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("used", used.toString()));
    }

    /**
     * The time that a record of the topic tells of.
     *
     * @throws IllegalArgumentException if the value is not one that {@link #write} made
     */
    public static Instant read(byte[] value) {
        try {
            return Instant.parse(JSON.readTree(value).path("used").stringValue(""));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("it is not the JSON of a token's use", e);
        }
    }
}
