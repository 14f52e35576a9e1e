package dev.sluice.processor.batch;

import dev.sluice.processor.outcome.Outcome;
import java.util.OptionalLong;

/**
 * What becomes of a record.
 *
 * @param resubmissionOf if it puts a submission back on the log: the one that was there first
 */
record Decision(ReadRecord record, OptionalLong resubmissionOf, Outcome outcome) {}
