package dev.sluice.processor.batch;

import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.store.EarlierSubmission;
import dev.sluice.processor.store.EarlierSubmissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The earlier submissions that a chunk's records name: the sessions of lone notes, and submissions put back on the log. Each is in the chunk or
 * in the store, which has everything before the chunk. Not thread-safe.
 */
final class NamedSubmissions {

    private final Map<Long, EarlierSubmission> stored;
    private final Map<Long, Long> projects = new HashMap<>();
    private final Map<Long, Long> resubmitted = new HashMap<>();
    private final Set<Long> named = new HashSet<>();

    NamedSubmissions(List<ReadRecord> records, EarlierSubmissions earlier) {
        for (ReadRecord record : records) {
            add(sessionNamedBy(record), record);
            add(record.putsBack(), record);
        }
        this.stored = named.isEmpty() ? Map.of() : earlier.find(elsewhere(records));
        records.forEach(this::traceResubmission);
    }

    /** Those that the chunk does not decide itself. If the store has those too, they were delivered again, and may be damaged. */
    private Set<Long> elsewhere(List<ReadRecord> records) {
        Set<Long> elsewhere = new HashSet<>(named);
        records.forEach(record -> elsewhere.remove(record.id()));
        return elsewhere;
    }

    SoFar begin() {
        return new SoFar();
    }

    /** The original submission that the record puts back on the log, even if that was put back before. */
    OptionalLong resubmissionOf(ReadRecord record) {
        Long first = resubmitted.get(record.id());
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** Must be called in log order: a record may put back a submission that another record of the chunk puts back too. */
    private void traceResubmission(ReadRecord record) {
        OptionalLong project = record.document().project();
        // A later submission may be in the store on redelivery, though it was not the first time.
        if (record.putsBack().isPresent() && record.putsBack().getAsLong() < record.id()) {
            long id = record.putsBack().getAsLong();
            EarlierSubmission earlier = stored.get(id);
            Long projectOfEarlier = earlier == null ? projects.get(id) : Long.valueOf(earlier.project());
            if (projectOfEarlier != null && project.isPresent() && projectOfEarlier == project.getAsLong()) {
                long first = earlier == null ? id : earlier.resubmissionOf().orElse(id);
                resubmitted.put(record.id(), resubmitted.getOrDefault(id, first));
            }
        }
        if (project.isPresent() && named.contains(record.id())) {
            projects.put(record.id(), project.getAsLong());
        }
    }

    private void add(OptionalLong id, ReadRecord by) {
        if (id.isPresent() && id.getAsLong() > 0 && id.getAsLong() < by.id()) {
            named.add(id.getAsLong());
        }
    }

    private static OptionalLong sessionNamedBy(ReadRecord record) {
        return record.reading() instanceof Reading.LoneNote(var _, var summary)
                ? summary.session()
                : OptionalLong.empty();
    }

    /** What is known of them while records are decided in log order. */
    final class SoFar {

        private final Map<Long, EarlierSubmission> decided = new HashMap<>();

        /** The submission with an id, if it is earlier than the record and in the same project. */
        Optional<EarlierSubmission> earlierThan(ReadRecord record, long id) {
            EarlierSubmission earlier = decided.getOrDefault(id, stored.get(id));
            return earlier != null && id < record.id() && earlier.project() == record.project()
                    ? Optional.of(earlier)
                    : Optional.empty();
        }

        /** Adds a decided record, so that later ones can name it. */
        void add(ReadRecord record, Outcome outcome) {
            if (!named.contains(record.id()) || record.document().project().isEmpty()) {
                return;
            }
            EarlierSubmission same =
                    switch (outcome) {
                        case Outcome.StoredSession session ->
                            became(
                                    record,
                                    OptionalLong.of(record.id()),
                                    Optional.of(session.analysisType().slug()));
                        case Outcome.StoredNote _ -> became(record, OptionalLong.of(record.id()), Optional.empty());
                        case Outcome.Duplicate(long of) -> became(record, OptionalLong.of(of), sessionOf(record, of));
                        case Outcome.Rejected _, Outcome.DeadLettered _ ->
                            became(record, OptionalLong.empty(), Optional.empty());
                    };
            decided.put(record.id(), same);
        }

        private EarlierSubmission became(ReadRecord record, OptionalLong stored, Optional<String> session) {
            return new EarlierSubmission(
                    record.project(),
                    stored,
                    session,
                    resubmissionOf(record),
                    record.document().key(),
                    record.reading() instanceof Reading.Unreadable);
        }

        /** The body of a record that puts one back is its own. Any other duplicate was found by its digest and has the same type. */
        private Optional<String> sessionOf(ReadRecord record, long of) {
            if (record.putsBack().isPresent()) {
                Optional<EarlierSubmission> again =
                        earlierThan(record, record.putsBack().getAsLong());
                if (again.isPresent() && again.get().stored().equals(OptionalLong.of(of))) {
                    return again.get().sessionType();
                }
            }
            return record.reading() instanceof Reading.Session(var summary)
                    ? Optional.of(summary.analysisType().slug())
                    : Optional.empty();
        }
    }
}
