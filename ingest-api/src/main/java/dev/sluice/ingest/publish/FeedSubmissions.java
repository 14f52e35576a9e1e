package dev.sluice.ingest.publish;

/** The log as one feed writes to it: many submissions in flight, acknowledged ones in the order in which they began. */
public interface FeedSubmissions {

    /**
     * Hands over a submission without waiting for the log; waits only for a producer, for metadata and for memory to hold it, for a bounded time. The acknowledgement supplies the
     * result. Not thread-safe.
     */
    Acknowledgement begin(Submission submission);
}
