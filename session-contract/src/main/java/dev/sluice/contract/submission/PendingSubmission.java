package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The API's answer about a submission that is only known to be in the log. */
public final class PendingSubmission {

    private PendingSubmission() {}

    /** Returns the JSON in UTF-8; {@code received} is the time that the log recorded. */
    public static byte[] json(long id, Instant received) {
        return ("{\"id\":" + id + ",\"state\":\"pending\",\"session\":null,\"errors\":null,\"received\":\""
                        + UtcTime.format(received) + "\",\"processed\":null}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
