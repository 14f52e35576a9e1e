package dev.sluice.benchmarks.suite;

import dev.sluice.benchmarks.result.Figure;
import java.io.IOException;
import java.util.List;

/** A part of the suite, which can run alone and measures its baselines in the same run. */
public interface Part {

    /** The part's name on the command line. */
    String name();

    /** Runs the part. */
    List<Figure> measure(Plan plan) throws IOException, InterruptedException;
}
