package dev.sluice.ingest.feed;

/** How fast a feed may go on: asked before every session, so that whoever has a quota is slowed down rather than refused. */
@FunctionalInterface
interface Pace {

    /** Returns when so much may be submitted, or the feed is to end. */
    void await(int sessions, long bytes) throws InterruptedException;
}
