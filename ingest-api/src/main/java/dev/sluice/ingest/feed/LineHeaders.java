package dev.sluice.ingest.feed;

import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a feed's records, which differ only in the event's id and the line's key. */
final class LineHeaders {

    private final String feedId = UUID.randomUUID().toString();
    private final Optional<String> key;
    private final Header[] common;

    LineHeaders(String source, String requestId, User user, Optional<String> key, Optional<String> traceparent) {
        this.key = key;
        RecordHeaders all = SubmissionHeaders.ofSession(feedId, source, user, null, traceparent.orElse(null));
        all.remove(SubmissionHeaders.CE_ID);
        SubmissionHeaders.withRequestId(requestId, all);
        this.common = all.toArray();
    }

    static LineHeaders of(ApiRequest request, FeedOptions options) {
        return new LineHeaders(
                ApiResource.SESSIONS.pathIn(request.project()),
                request.requestId(),
                request.caller().user(),
                options.key(),
                options.traceparent());
    }

    /** Identifies the feed in logs, and begins the ids of its events. */
    String feedId() {
        return feedId;
    }

    Headers of(long line) {
        RecordHeaders headers = new RecordHeaders(common);
        headers.add(header(SubmissionHeaders.CE_ID, feedId + "-" + line));
        key.ifPresent(name -> headers.add(header(SubmissionHeaders.IDEMPOTENCY_KEY, LineKey.of(name, line))));
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
