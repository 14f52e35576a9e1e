package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Documents and claims of records beyond the end that the log had when the audit began: flaws unless the log has grown to include them. */
final class LateComers {

    private static final int MOST_WAITING = 1000;

    private final Supplier<Map<Integer, Long>> ends;
    private final Flaws flaws;
    private final List<Waiting> waiting = new ArrayList<>();

    LateComers(Supplier<Map<Integer, Long>> ends, Flaws flaws) {
        this.ends = ends;
        this.flaws = flaws;
    }

    private record Waiting(SubmissionId id, Flaw.Kind kind, String text) {}

    /** Adds something that is a flaw if the log does not reach {@code id}. */
    void add(SubmissionId id, Flaw.Kind kind, String text) {
        waiting.add(new Waiting(id, kind, text));
        if (waiting.size() == MOST_WAITING) {
            settle();
        }
    }

    /** Must be called after the last addition: only ends queried after a document was read can justify it. */
    void settle() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Integer, Long> now = ends.get();
        for (Waiting one : waiting) {
            if (!reaches(now, one.id())) {
                flaws.add(one.kind(), one.text());
            }
        }
        waiting.clear();
    }

    private static boolean reaches(Map<Integer, Long> ends, SubmissionId id) {
        return id.position() < ends.getOrDefault(id.partition(), 0L);
    }
}
