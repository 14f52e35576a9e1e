package dev.sluice.contract.access;

import dev.sluice.contract.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a record of the access-tokens topic. */
public final class TokenHeaders {

    /** Who created or revoked the token, as they claim: anyone with write access to the topic can set it. */
    public static final String BY = "by";

    private static final int MAX_LENGTH = 100;

    private TokenHeaders() {}

    public static RecordHeaders by(String who) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(BY, who.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    /** Returns who made the change, as text that is safe to display. */
    public static Optional<String> by(Headers headers) {
        Header by = headers.lastHeader(BY);
        if (by == null || by.value() == null) {
            return Optional.empty();
        }
        String text = new String(by.value(), StandardCharsets.UTF_8);
        String start = text.substring(0, Math.min(text.length(), MAX_LENGTH));
        return Optional.of(Printable.text(start));
    }
}
