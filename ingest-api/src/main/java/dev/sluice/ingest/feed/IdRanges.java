package dev.sluice.ingest.feed;

import dev.sluice.contract.id.SubmissionId;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of a feed's sessions as ranges of consecutive records, although records of other submissions may lie between them. The first {@value #MOST}
 * ranges are kept; ids beyond them are only counted.
 */
final class IdRanges {

    static final int MOST = 1_000;

    private final List<Range> ranges = new ArrayList<>();
    private long beyond;

    record Range(int partition, long first, long last) {

        private boolean continuesWith(SubmissionId id) {
            return id.partition() == partition && id.position() == last + 1;
        }

        long firstId() {
            return SubmissionId.ofPosition(partition, first).value();
        }

        long lastId() {
            return SubmissionId.ofPosition(partition, last).value();
        }

        long count() {
            return last - first + 1;
        }
    }

    void add(SubmissionId id) {
        Range end = ranges.isEmpty() ? null : ranges.getLast();
        if (beyond == 0 && end != null && end.continuesWith(id)) {
            ranges.set(ranges.size() - 1, new Range(end.partition(), end.first(), id.position()));
        } else if (ranges.size() < MOST) {
            ranges.add(new Range(id.partition(), id.position(), id.position()));
        } else {
            beyond++;
        }
    }

    List<Range> ranges() {
        return ranges;
    }

    long beyond() {
        return beyond;
    }
}
