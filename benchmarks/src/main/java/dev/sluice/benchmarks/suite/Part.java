package dev.sluice.benchmarks.suite;

import dev.sluice.benchmarks.result.Figure;
import java.io.IOException;
import java.util.List;

/** A part of the suite that can run alone: what it measures, and what that is compared with, are measured in the same run. */
public interface Part {

    /** As on the command line. */
    String name();

    /** Runs it. */
    List<Figure> measure(Plan plan) throws IOException, InterruptedException;
}
