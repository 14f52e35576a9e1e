package dev.sluice.ingest.feed;

import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.ingest.publish.FeedSubmissions;
import dev.sluice.ingest.publish.Submission;

/** Hands a feed's lines over to the log as submissions to its project. */
record FeedLog(long project, LineHeaders headers, FeedSubmissions submissions) {

    Acknowledgement begin(long line, byte[] session) {
        return submissions.begin(new Submission(project, session, headers.of(line)));
    }
}
