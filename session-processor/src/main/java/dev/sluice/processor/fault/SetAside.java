package dev.sluice.processor.fault;

import dev.sluice.contract.id.SubmissionId;
import java.util.Optional;

/** The records that an administrator has set aside because our own code fails on them. They are dead letters, whatever is in them. */
@FunctionalInterface
public interface SetAside {

    /** Why a record is set aside, in the administrator's words; empty if it is not. */
    Optional<String> reason(SubmissionId id);
}
