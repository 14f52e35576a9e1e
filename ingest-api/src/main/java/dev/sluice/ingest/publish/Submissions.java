package dev.sluice.ingest.publish;

/** The log of all submissions. */
public interface Submissions {

    /**
     * Writes a submission to the log and waits, for a bounded time, until it is durable there. Thread-safe.
     *
     * @param caller whose share of the waiting slots it takes
     */
    Publication publish(String caller, Submission submission);
}
