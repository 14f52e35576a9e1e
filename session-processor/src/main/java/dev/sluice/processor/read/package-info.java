/**
 * The read API: answers reads over HTTP from MongoDB, and waits for what was just written. Also what administrators do over HTTP to get
 * processing on: see where it stands still, resume a partition, and set a record aside.
 *
 * <p>A GET of a session passes, in this order:
 *
 * <pre>
 * ProcessorApi         one generation throughout; 503 without the store or Kafka; a 404 at an even time
 * SessionReads         404 for an id that is no session's
 * AwaitedSubmissions   waits while it is on its way to the store, and goes from a duplicate to its original
 * StoredSubmissions    asks the store for many ids at a time; large ones by turns
 * SubmissionLocator    for an id that is not there: whether to wait, or 404
 * SessionJson          the answer
 * </pre>
 */
@NullMarked
package dev.sluice.processor.read;

import org.jspecify.annotations.NullMarked;
