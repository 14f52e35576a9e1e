package dev.sluice.ingest.publish;

/** The log of all submissions. */
public interface Submissions {

    /**
     * Writes a submission to the log and waits, for a bounded time, until it is durable there. It takes a part of the caller's share of those that
     * may wait. Thread-safe.
     */
    Publication publish(String caller, Submission submission);
}
