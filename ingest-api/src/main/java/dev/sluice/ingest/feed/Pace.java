package dev.sluice.ingest.feed;

/** Paces a feed to the caller's quota. Called before every session, so that a caller with a quota is slowed down rather than refused. */
@FunctionalInterface
interface Pace {

    /** Returns when a session of this length may be submitted, or the feed is to end. */
    void await(long bytes) throws InterruptedException;
}
