package dev.sluice.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The same figure from several runs. */
public record Samples(List<Double> values) {

    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no run has given a figure");
        }
    }

    public static Samples of(double value) {
        return new Samples(List.of(value));
    }

    /** One figure of each run. */
    public static <T> Samples of(List<T> runs, Function<? super T, Double> figure) {
        return new Samples(runs.stream().map(figure).toList());
    }

    /** The ratios to {@code others}, run by run. */
    public Samples times(Samples others) {
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < Math.min(values.size(), others.values.size()); run++) {
            ratios.add(values.get(run) / others.values.get(run));
        }
        return new Samples(ratios);
    }

    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
