package dev.sluice.ingest.publish;

/** The log as feeds write to it: many submissions on their way at a time, each project's in order. */
public interface FeedSubmissions {

    /**
     * Hands a submission over and does not wait for the log, but for room to hold it, a bounded time. May be called by many threads at
     * once. What became of it has to be asked for.
     */
    Acknowledgement begin(Submission submission);
}
