package dev.sluice.ingest.publish;

/** The log's answer, pending or known, to a submission handed over to it. */
public interface Acknowledgement {

    boolean isKnown();

    /** Returns the result, waiting for it for a bounded time. */
    Publication await();

    static Acknowledgement of(Publication publication) {
        return new Acknowledgement() {
            @Override
            public boolean isKnown() {
                return true;
            }

            @Override
            public Publication await() {
                return publication;
            }
        };
    }
}
