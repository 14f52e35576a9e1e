package dev.sluice.processor.task;

import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands for a task after some notes about it: for each analysis type, the worst status that has not been replaced. The fold needs to
 * remember no more, because only the prevailing one of several statuses is ever used, and they are only replaced together.
 *
 * @param standing by the slug of the analysis type, so that types which only a later version knows stand as well; without types that have no
 *     status
 */
record Verification(Map<String, NoteStatus> standing) {

    static final Verification NONE = new Verification(Map.of());

    Verification {
        standing = Map.copyOf(standing);
    }

    Verification after(String type, Behaviour behaviour, NoteStatus status) {
        NoteStatus before = standing.get(type);
        return switch (behaviour) {
            case COMBINE -> with(type, before == null ? status : before.or(status));
            case REPLACE_SCANNER -> with(type, status);
            case REPLACE -> new Verification(Map.of(type, status));
        };
    }

    private Verification with(String type, NoteStatus status) {
        if (status == standing.get(type)) {
            return this;
        }
        Map<String, NoteStatus> next = new HashMap<>(standing);
        next.put(type, status);
        return new Verification(next);
    }

    /** The task's status: any fail yields fail, a pass outranks a partial. */
    NoteStatus overall() {
        return standing.values().stream().reduce(NoteStatus.NONE, NoteStatus::or);
    }
}
