package dev.sluice.ingest.publish;

/** The log as feeds write to it: many submissions in flight, those of a project in order. */
public interface FeedSubmissions {

    /**
     * Hands over a submission without waiting for the log; waits only for a producer, for metadata and for memory to hold it, for a bounded time. The acknowledgement supplies the
     * result. Thread-safe.
     */
    Acknowledgement begin(Submission submission);
}
