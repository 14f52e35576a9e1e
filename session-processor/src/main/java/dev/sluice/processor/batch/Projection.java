package dev.sluice.processor.batch;

import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.task.MongoTasks;
import java.util.Map;

/** Everything in the store that follows from the log. Thread-safe. */
public record Projection(
        Generation generation,
        MongoSubmissions submissions,
        EarlierSubmissions earlier,
        MongoKeys keys,
        MongoTasks tasks,
        MongoCounts counts,
        MongoProgress progress,
        StoreDurability durability) {

    /** That of one generation. */
    public static Projection of(Generation generation, StoreDurability durability) {
        return new Projection(
                generation,
                new MongoSubmissions(generation),
                EarlierSubmissions.of(generation),
                new MongoKeys(generation),
                new MongoTasks(generation),
                new MongoCounts(generation),
                new MongoProgress(generation),
                durability);
    }

    /**
     * Returns once the documents can be read; or throws, and some may be.
     *
     * @return those of them that were there already, by id
     */
    Map<Long, FirstDelivery> insert(DecidedChunk chunk) {
        return submissions.insert(chunk.documents());
    }

    /**
     * Returns once what follows from the documents, which are {@link #insert inserted}, is stored for good with them, but for progress; or throws,
     * and some may be.
     *
     * <p>Whatever of this is on disk when the process dies, in whatever combination, doing the records again completes it and changes nothing
     * else: progress is behind all of it, so every record in question comes again and is decided upon as before; its key names it already
     * or is free; its document is there or is inserted; and each task and each count says itself which submissions are in it, so that one that
     * was ahead of the others skips just those. Hence one flush suffices, after the last of these writes.
     */
    void fold(DecidedChunk chunk) {
        tasks.fold(chunk.taskChanges());
        counts.count(chunk.outcomes());
        durability.flush();
    }
}
