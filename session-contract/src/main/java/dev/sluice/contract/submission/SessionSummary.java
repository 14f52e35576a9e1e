package dev.sluice.contract.submission;

/** What the answer to a valid session needs; {@code extra} is the position of its value in the body, empty if absent. */
public record SessionSummary(String analysisRef, AnalysisType analysisType, Slice extra) {}
