package dev.sluice.processor.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all flaws and keeps the first ones for display. Not thread-safe. */
final class Flaws {

    private final int shown;
    private final List<Flaw> first = new ArrayList<>();
    private final Map<Flaw.Kind, Long> counts = new EnumMap<>(Flaw.Kind.class);

    Flaws(int shown) {
        this.shown = shown;
    }

    void add(Flaw.Kind kind, String text) {
        counts.merge(kind, 1L, Long::sum);
        if (first.size() < shown) {
            first.add(new Flaw(kind, text));
        }
    }

    List<Flaw> first() {
        return List.copyOf(first);
    }

    Map<Flaw.Kind, Long> counts() {
        return Map.copyOf(counts);
    }
}
