package dev.sluice.ingest.publish;

/** What the log will have said of a submission that was handed over to it. */
public interface Acknowledgement {

    /** Whether it is known already. */
    boolean isKnown();

    /** What became of the submission, waiting for it a bounded time. */
    Publication await();

    /** Of a submission of which it is known at once what became of it. */
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
