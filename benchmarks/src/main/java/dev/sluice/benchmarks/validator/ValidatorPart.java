package dev.sluice.benchmarks.validator;

import static java.util.Objects.requireNonNull;

import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Reach;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The validator's throughput in bytes per second compared with that of Jackson's parser, and its allocations; measured by JMH. */
public final class ValidatorPart implements Part {

    private static final String SKIPPING = "skipping";
    private static final String VALIDATING = "validating";
    private static final double LEAST = 0.6;
    // Less than the smallest object.
    private static final double NO_ALLOCATION = 1;
    private static final double MEGABYTE = 1e6;

    @Override
    public List<Figure> measure(Plan plan) {
        Map<String, BenchmarkResult> results = run(plan);
        List<Figure> figures = new ArrayList<>();
        for (SessionSize size : SessionSize.values()) {
            Samples skipping = megabytes(result(results, SKIPPING, size), size);
            Samples validating = megabytes(result(results, VALIDATING, size), size);
            figures.add(Figure.of(size.text() + ", validating", "MB/s", validating)
                    .against("Jackson skipping through it", skipping)
                    .toReach(Reach.atLeast(LEAST)));
        }
        double few = allocated(result(results, VALIDATING, SessionSize.TYPICAL));
        double many = allocated(result(results, VALIDATING, SessionSize.LARGE));
        figures.add(Figure.of("allocated for a session", "B", Samples.of(few)));
        int more = SessionSize.LARGE.notes() - SessionSize.TYPICAL.notes();
        figures.add(Figure.of("allocated for a further note", "B", Samples.of((many - few) / more))
                .toReach(Reach.atMost(NO_ALLOCATION)));
        return figures;
    }

    private static Map<String, BenchmarkResult> run(Plan plan) {
        Options options = new OptionsBuilder()
                .include(ValidatorBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .forks(plan.either(1, 3))
                .warmupIterations(plan.either(2, 5))
                .warmupTime(TimeValue.milliseconds(plan.either(800, 2_000)))
                .measurementIterations(plan.either(3, 5))
                .measurementTime(TimeValue.milliseconds(plan.either(800, 2_000)))
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            Collection<RunResult> runs = new Runner(options).run();
            Map<String, BenchmarkResult> results = new HashMap<>();
            for (RunResult run : runs) {
                String method = run.getPrimaryResult().getLabel();
                results.put(method + run.getParams().getParam("size"), run.getAggregatedResult());
            }
            return results;
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not measure", e);
        }
    }

    private static BenchmarkResult result(Map<String, BenchmarkResult> results, String benchmark, SessionSize size) {
        return requireNonNull(
                results.get(benchmark + size.name()),
                () -> "JMH did not measure " + benchmark + " of " + size + ": " + results.keySet());
    }

    private static Samples megabytes(BenchmarkResult result, SessionSize size) {
        double bytes = Workload.sessions(size, ValidatorBenchmark.SESSIONS).stream()
                .map(Session::body)
                .mapToLong(body -> body.length)
                .average()
                .orElseThrow();
        return new Samples(result.getIterationResults().stream()
                .map(iteration -> iteration.getPrimaryResult().getScore() * bytes / MEGABYTE)
                .toList());
    }

    private static double allocated(BenchmarkResult result) {
        return requireNonNull(
                        result.getSecondaryResults().get("gc.alloc.rate.norm"),
                        () -> "JMH did not say what was allocated: "
                                + result.getSecondaryResults().keySet())
                .getScore();
    }
}
