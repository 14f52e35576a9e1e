package dev.sluice.ingest.publish;

/** The log as feeds write to it: many submissions in flight, those of a project in order. */
public interface FeedSubmissions {

    /**
     * Hands over a submission without waiting for the log; only waits, for a bounded time, for memory to hold it. Ask the result for the
     * outcome. Thread-safe.
     */
    Acknowledgement begin(Submission submission);
}
