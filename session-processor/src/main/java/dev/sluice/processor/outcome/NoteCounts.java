package dev.sluice.processor.outcome;

import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.task.Note;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The number of a submission's notes by status, without statuses that no note has. */
public record NoteCounts(Map<NoteStatus, Integer> byStatus) {

    /** The counts of no notes. */
    public static final NoteCounts NONE = new NoteCounts(Map.of());

    public NoteCounts {
        byStatus = Map.copyOf(byStatus);
    }

    /** Counts notes by status. */
    public static NoteCounts of(List<Note> notes) {
        if (notes.isEmpty()) {
            return NONE;
        }
        Map<NoteStatus, Integer> counts = new EnumMap<>(NoteStatus.class);
        notes.forEach(note -> counts.merge(note.status(), 1, Integer::sum));
        return new NoteCounts(counts);
    }

    int of(NoteStatus status) {
        return byStatus.getOrDefault(status, 0);
    }
}
