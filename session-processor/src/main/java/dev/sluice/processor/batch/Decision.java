package dev.sluice.processor.batch;

import dev.sluice.processor.outcome.Outcome;
import java.util.OptionalLong;

/**
 * The outcome decided for a record.
 *
 * @param resubmissionOf the original submission, if the record puts one back on the log
 */
record Decision(ReadRecord record, OptionalLong resubmissionOf, Outcome outcome) {}
