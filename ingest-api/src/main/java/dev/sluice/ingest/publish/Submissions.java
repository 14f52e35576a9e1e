package dev.sluice.ingest.publish;

/** The log of everything that was submitted. */
public interface Submissions {

    /**
     * Writes a submission to the log and waits, for a bounded time, until it is durable there. May be called by many threads at once.
     *
     * @param caller whose share of what may wait it takes of
     */
    Publication publish(String caller, Submission submission);
}
