package dev.sluice.contract.submission;

/**
 * What the answer to a valid session needs.
 *
 * @param analysisRef as submitted
 * @param analysisType as submitted
 * @param extra the position of the value of {@code extra} in the body; empty if absent
 */
public record SessionSummary(String analysisRef, AnalysisType analysisType, Slice extra) {}
