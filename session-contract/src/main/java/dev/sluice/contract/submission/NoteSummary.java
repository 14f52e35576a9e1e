package dev.sluice.contract.submission;

import java.util.OptionalLong;

/**
 * What the answer to a valid lone note needs.
 *
 * @param session the session it names; empty for a manual verification
 * @param behaviour as submitted
 * @param confidence as submitted
 * @param status as submitted
 * @param findings the position of their value in the body
 * @param findingRef the position of its value in the body; empty if absent
 * @param automatic as submitted; false if absent
 */
public record NoteSummary(
        OptionalLong session,
        Behaviour behaviour,
        String confidence,
        NoteStatus status,
        Slice findings,
        Slice findingRef,
        boolean automatic) {}
