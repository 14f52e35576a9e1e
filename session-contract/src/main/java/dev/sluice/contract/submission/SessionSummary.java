package dev.sluice.contract.submission;

/**
 * What an answer to a valid session needs of it.
 *
 * @param analysisRef as submitted
 * @param analysisType as submitted
 * @param extra where the value of {@code extra} stands in the body; empty if it is not there
 * @param notes how many notes are embedded
 * @param documentBytes what its document takes as BSON, without what the server adds
 */
public record SessionSummary(
        String analysisRef, AnalysisType analysisType, Slice extra, int notes, long documentBytes) {}
