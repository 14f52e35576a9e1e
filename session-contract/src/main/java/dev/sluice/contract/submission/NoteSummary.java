package dev.sluice.contract.submission;

import java.util.OptionalLong;

/**
 * What an answer to a valid lone note needs of it.
 *
 * @param session the session it names; empty for a manual verification
 * @param behaviour as submitted
 * @param confidence as submitted
 * @param status as submitted
 * @param findings where their value stands in the body
 * @param findingRef where its value stands in the body; empty if it is not there
 * @param automatic as submitted, false if it is not there
 * @param documentBytes what its document takes as BSON, without what the server adds
 */
public record NoteSummary(
        OptionalLong session,
        Behaviour behaviour,
        String confidence,
        NoteStatus status,
        Slice findings,
        Slice findingRef,
        boolean automatic,
        long documentBytes) {}
