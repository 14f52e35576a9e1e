package dev.sluice.ingest.resubmit;

import dev.sluice.contract.submission.UtcTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A submission of which nothing is known yet but that it is in the log. */
final class PendingJson {

    private PendingJson() {}

    static byte[] of(long id, Instant received) {
        return ("{\"id\":" + id + ",\"state\":\"pending\",\"session\":null,\"errors\":null,\"received\":\""
                        + UtcTime.format(received) + "\",\"processed\":null}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
