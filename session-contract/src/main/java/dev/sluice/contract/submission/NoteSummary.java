package dev.sluice.contract.submission;

import java.util.OptionalLong;

/**
 * What the answer to a valid lone note needs. {@code session} is empty for a manual verification; {@code findings} and {@code findingRef} are the
 * positions of their values in the body, the latter empty if it is absent.
 */
public record NoteSummary(
        OptionalLong session,
        Behaviour behaviour,
        String confidence,
        NoteStatus status,
        Slice findings,
        Slice findingRef,
        boolean automatic) {}
