package dev.sluice.processor.progress;

import dev.sluice.processor.outcome.Outcome;

/**
 * The outcomes of a range of positions, each counted once.
 *
 * @param empty the number of positions without a record, such as transaction markers
 */
public record Tally(long stored, long duplicate, long rejected, long deadLettered, long empty) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public Tally with(Outcome outcome) {
        return switch (outcome) {
            case Outcome.StoredSession _, Outcome.StoredNote _ ->
                new Tally(stored + 1, duplicate, rejected, deadLettered, empty);
            case Outcome.Duplicate _ -> new Tally(stored, duplicate + 1, rejected, deadLettered, empty);
            case Outcome.Rejected _ -> new Tally(stored, duplicate, rejected + 1, deadLettered, empty);
            case Outcome.DeadLettered _ -> new Tally(stored, duplicate, rejected, deadLettered + 1, empty);
        };
    }

    /** This tally with more positions that hold no record. */
    public Tally withEmpty(long positions) {
        return new Tally(stored, duplicate, rejected, deadLettered, empty + positions);
    }

    public Tally plus(Tally other) {
        return new Tally(
                stored + other.stored,
                duplicate + other.duplicate,
                rejected + other.rejected,
                deadLettered + other.deadLettered,
                empty + other.empty);
    }

    public long records() {
        return stored + duplicate + rejected + deadLettered;
    }
}
