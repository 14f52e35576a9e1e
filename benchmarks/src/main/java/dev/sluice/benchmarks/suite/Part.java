package dev.sluice.benchmarks.suite;

import dev.sluice.benchmarks.result.Figure;
import java.io.IOException;
import java.util.List;

/** A part of the suite, which can run alone and measures its baselines in the same run. */
@FunctionalInterface
public interface Part {

    List<Figure> measure(Plan plan) throws IOException, InterruptedException;
}
