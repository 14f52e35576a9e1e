package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What names records beyond the end that an audit began with: sound if the log has grown to there meanwhile, else a flaw. */
final class LateComers {

    private static final int MOST_WAITING = 1000;

    private final Supplier<Map<Integer, Long>> ends;
    private final Flaws flaws;
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * @param ends asks where the log's partitions end now
     */
    LateComers(Supplier<Map<Integer, Long>> ends, Flaws flaws) {
        this.ends = ends;
        this.flaws = flaws;
    }

    private record Waiting(SubmissionId id, Flaw.Kind kind, String text) {}

    /** It is a flaw if the log does not reach {@code id}. */
    void add(SubmissionId id, Flaw.Kind kind, String text) {
        waiting.add(new Waiting(id, kind, text));
        if (waiting.size() == MOST_WAITING) {
            settle();
        }
    }

    /** To be called after the last one: only what the log says after something was seen can excuse it. */
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
