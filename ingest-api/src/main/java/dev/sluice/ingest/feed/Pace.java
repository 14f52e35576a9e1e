package dev.sluice.ingest.feed;

/** Paces a feed to the caller's quota. Called before every session, so that a caller with a quota is slowed down rather than refused. */
@FunctionalInterface
interface Pace {

    /** Returns when {@code sessions} of {@code bytes} in total may be submitted, or the feed is to end. */
    void await(int sessions, long bytes) throws InterruptedException;
}
