package dev.sluice.benchmarks;

import dev.sluice.benchmarks.feed.FeedPart;
import dev.sluice.benchmarks.flood.FloodPart;
import dev.sluice.benchmarks.ingest.PostsPart;
import dev.sluice.benchmarks.latency.AnswersPart;
import dev.sluice.benchmarks.latency.ReadablePart;
import dev.sluice.benchmarks.limits.GrowthPart;
import dev.sluice.benchmarks.limits.HeapPart;
import dev.sluice.benchmarks.limits.StartPart;
import dev.sluice.benchmarks.processing.ProcessingPart;
import dev.sluice.benchmarks.reads.ListsPart;
import dev.sluice.benchmarks.reads.ReadsPart;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Results;
import dev.sluice.benchmarks.result.Surroundings;
import dev.sluice.benchmarks.result.Table;
import dev.sluice.benchmarks.scale.ScalePart;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.validator.ValidatorPart;
import dev.sluice.http.observe.BuildVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures Sluice and reports each figure as a ratio to a baseline that is measured in the same run. */
@Command(
        name = "sluice bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures Sluice and its baselines on this machine, and writes the table and all figures "
                + "to benchmarks/results/. Run it on an otherwise idle machine.")
public final class Bench implements Callable<Integer> {

    // A part started by then ends within ten minutes: the longest part takes less than the rest.
    private static final Duration BEGUN_WITHIN = Duration.ofMinutes(7);
    private static final int NOT_MEASURED = 1;
    private static final int NOT_REACHED = 3;

    private final List<String> unmeasured = new ArrayList<>();

    @Option(names = "--quick", description = "At most ten minutes: shorter, one run each, and so less exact.")
    private boolean quick;

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "A MongoDB to measure on, as in mongodb://host:27017; databases named sluice_bench_* are "
                    + "dropped there. Default: a mongod on the PATH, else the embedded store.")
    private @Nullable String mongodb;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Only these parts, out of: ${COMPLETION-CANDIDATES}")
    private Set<Named> only = EnumSet.allOf(Named.class);

    @Option(names = "--strict", description = "Exit with 3 if a target is missed.")
    private boolean strict;

    @Option(names = "--root", hidden = true)
    private Path root = Path.of(".");

    /** The parts by their names, in the order in which they run. */
    private enum Named {
        POSTS(new PostsPart()),
        FEED(new FeedPart()),
        PROCESSING(new ProcessingPart()),
        VALIDATOR(new ValidatorPart()),
        ANSWERS(new AnswersPart()),
        READABLE(new ReadablePart()),
        READS(new ReadsPart()),
        START(new StartPart()),
        LISTS(new ListsPart()),
        HEAP(new HeapPart()),
        GROWTH(new GrowthPart()),
        SCALE(new ScalePart()),
        FLOOD(new FloodPart());

        // Parts have no fields.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Part part;

        Named(Part part) {
            this.part = part;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        CommandLine command = new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
        command.getCommandSpec().version("sluice bench " + BuildVersion.text());
        return command;
    }

    @Override
    public Integer call() throws Exception {
        Results results = new Results(root.resolve("benchmarks/results"), Instant.now(), Surroundings.record());
        results.note("measured", quick ? "quick: once each, short" : "in full");
        try (Plan plan = Plan.of(root, quick, Optional.ofNullable(mongodb))) {
            long begin = System.nanoTime();
            for (Named part : EnumSet.copyOf(only)) {
                if (quick && System.nanoTime() - begin > BEGUN_WITHIN.toNanos()) {
                    results.note(part.toString(), "left out, ten minutes being nearly over");
                    System.err.println(part + " is left out: ten minutes are nearly over");
                } else {
                    measure(part, plan, results);
                }
            }
        }
        System.out.println(Table.of(results.figures()));
        System.out.println("written to " + results.file() + ".json and .md");
        if (!unmeasured.isEmpty()) {
            System.err.println("not measured: " + String.join(", ", unmeasured));
            return NOT_MEASURED;
        }
        return strict && results.figures().stream().anyMatch(figure -> !figure.isReached()) ? NOT_REACHED : 0;
    }

    /** A part that fails does not stop the remaining parts. */
    private void measure(Named part, Plan plan, Results results) throws InterruptedException {
        long begin = System.nanoTime();
        System.err.println("measuring " + part + " ...");
        try {
            List<Figure> figures = part.part.measure(plan);
            results.note(
                    part.toString(),
                    "took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
            results.add(part.toString(), figures);
        } catch (IOException | RuntimeException e) {
            unmeasured.add(part.toString());
            System.err.println(part + " could not be measured: " + e.getMessage());
            e.printStackTrace();
        }
    }
}
