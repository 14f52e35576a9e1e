package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionForm;
import java.util.OptionalLong;

/**
 * What a record says outside its JSON.
 *
 * @param project the project whose id is the record's key, if the record is in that project's partition
 * @param form what the headers say
 */
record Envelope(OptionalLong project, SubmissionForm form) {}
