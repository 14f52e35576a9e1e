/**
 * Turns records of the log into documents, in batches, each exactly once. These are the steps of a batch, in order. Progress moves last, so if the
 * process dies before that, the records come again, and are decided as before:
 *
 * <pre>
 * step               durable after it              when the records come again
 * decide             claims of Idempotency-Keys    the claims are found to be the records' own
 * Breaker.persist    a stop, if one is due         what is before the stop is processed, the rest once the partition is resumed
 * insert             the documents                 a document that is there stays, and its outcome is told as before
 * fold               tasks and counts              each has the last submission that is in it, and takes only later ones
 * publish            dead letters, then outcomes   both are published again, outcomes with the same ce_id and content
 * progress.advance   progress                      they do not come again
 * </pre>
 *
 * <p>The embedded store has the first four on disk only after its flush at the end of fold; until then any of them may be missing.
 */
@NullMarked
package dev.sluice.processor.batch;

import org.jspecify.annotations.NullMarked;
