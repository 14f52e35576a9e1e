package dev.sluice.processor.read;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells which records can keep their partitions waiting, by what the live generation has reached and stored. That our code fails on a record stays
 * noted if it is not processed again: if it was deleted, was in a former log, or another processor stored it, and if the note is from a backup.
 *
 * @param live the live generation
 */
public record WaitingRecords(Supplier<Generation> live, IdBase ids) {

    /** Which can, as of this call. */
    Predicate<SubmissionId> now() {
        Generation generation = live.get();
        Map<Integer, Long> next = new MongoProgress(generation).next();
        MongoSubmissions submissions = new MongoSubmissions(generation);
        return id -> !ids.isOfFormerLog(id)
                && id.position() >= next.getOrDefault(id.partition(), 0L)
                && !submissions.has(id);
    }
}
