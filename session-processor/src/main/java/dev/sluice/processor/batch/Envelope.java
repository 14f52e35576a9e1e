package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionForm;
import java.util.OptionalLong;

/**
 * What a record says beside its JSON.
 *
 * @param project the one that the record is of, if there is one: whose id is its key, and whose partition it is in
 * @param form what its headers say
 */
record Envelope(OptionalLong project, SubmissionForm form) {}
