package dev.sluice.processor.batch;

import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.task.MongoTasks;

/** Everything in the store that is derived from the log. Thread-safe. */
record Projection(
        Generation generation,
        MongoSubmissions submissions,
        EarlierSubmissions earlier,
        MongoKeys keys,
        MongoTasks tasks,
        MongoCounts counts,
        MongoProgress progress,
        StoreDurability durability) {

    static Projection of(Generation generation, StoreDurability durability) {
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
     * Folds a chunk whose documents are inserted into tasks and counts. Returns once all of it except progress is durable, or throws and may
     * have stored some.
     *
     * <p>Whatever combination of these writes is on disk when the process dies, processing the records again completes it and changes nothing
     * else: progress is behind all of it, so every record is delivered again and decided as before; its key is claimed for it or is free; its
     * document exists or is inserted; and each task and count knows which submissions it includes, so it skips those. Hence one flush after
     * the last of these writes is enough.
     */
    void fold(DecidedChunk chunk) {
        tasks.fold(chunk.notesByTask());
        counts.count(chunk.outcomes());
        durability.flush();
    }
}
