package dev.sluice.ingest.feed;

import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.ApiResource;
import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.ingest.publish.FeedSubmissions;
import dev.sluice.ingest.publish.Submission;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Hands a feed's lines over to the log. Their records' headers differ only in the event's id and the line's key. */
final class FeedLog {

    private final String feedId = UUID.randomUUID().toString();
    private final long project;
    private final Optional<String> key;
    private final FeedSubmissions submissions;
    private final Header[] common;

    FeedLog(long project, String requestId, User user, FeedOptions options, FeedSubmissions submissions) {
        this.project = project;
        this.key = options.key();
        this.submissions = submissions;
        RecordHeaders all = SubmissionHeaders.ofSession(
                feedId,
                ApiResource.SESSIONS.pathIn(project),
                user,
                null,
                options.traceparent().orElse(null));
        all.remove(SubmissionHeaders.CE_ID);
        this.common = SubmissionHeaders.withRequestId(requestId, all).toArray();
    }

    long project() {
        return project;
    }

    /** Identifies the feed in logs, and begins the ids of its events. */
    String feedId() {
        return feedId;
    }

    Acknowledgement begin(long line, byte[] session) {
        RecordHeaders headers = new RecordHeaders(common);
        headers.add(header(SubmissionHeaders.CE_ID, feedId + "-" + line));
        key.ifPresent(name -> headers.add(header(SubmissionHeaders.IDEMPOTENCY_KEY, LineKey.of(name, line))));
        return submissions.begin(new Submission(project, session, headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
