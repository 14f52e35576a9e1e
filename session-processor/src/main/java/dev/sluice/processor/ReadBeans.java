package dev.sluice.processor;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.read.ProcessingResource;
import dev.sluice.processor.read.ProcessorApi;
import dev.sluice.processor.read.SetAsideResource;
import dev.sluice.processor.read.WaitingRecords;
import dev.sluice.processor.read.note.NoteReads;
import dev.sluice.processor.read.session.CreationTimes;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.read.submission.SubmissionLocator;
import dev.sluice.processor.read.submission.SubmissionReads;
import dev.sluice.processor.read.task.StoredTasks;
import dev.sluice.processor.read.task.TaskReads;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.offsets.LogOffsets;
import dev.sluice.service.settings.Heap;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires up the read API. */
@Configuration(proxyBeanMethods = false)
class ReadBeans {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);
    // A reply of MongoDB, a page's documents, and their JSON.
    private static final long BYTES_OF_LARGE_READ = 48L * 1024 * 1024;
    private static final int FEWEST_LARGE_READS = 4;
    private static final int MOST_LARGE_READS = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Bean
    SubmissionLog submissionLog(ProcessorConfig config) {
        return new SubmissionLog(
                KafkaLog.of(config.kafka(), config.topics())
                        .withIds(config.log().ids()),
                "session-processor");
    }

    /** Has connections of its own, so that no number of reads can take those that processing needs. */
    @Bean
    MongoClient readClient(ConnectionString store) {
        return MongoConnection.openAnother(store, STORE_TIMEOUT);
    }

    @Bean
    ProcessorApi processorApi(
            @Qualifier("readClient") MongoClient client,
            LiveGeneration live,
            OwnProgress own,
            SubmissionsTopic topic,
            LogOffsets offsets,
            SubmissionLog log,
            StoreDurability durability,
            Clock clock,
            ProcessorConfig config) {
        MongoDatabase database = client.getDatabase(config.database());
        MongoHalts halts = new MongoHalts(database, config.log().ids());
        CreationTimes times = new CreationTimes(topic, offsets);
        MongoFaults faults = new MongoFaults(database);
        SharedSlots largeReads = largeReads(config.capacity().heap());
        WaitingRecords waiting = new WaitingRecords(
                () -> new Generation(database, live.current().number()),
                config.log().ids());
        ProcessingResource processing = new ProcessingResource(halts, faults, waiting);
        SetAsideResource setAside = new SetAsideResource(
                faults,
                waiting,
                record -> record.partition() < topic.partitions().orElse(SubmissionId.MAX_PARTITIONS)
                        && offsets.reaches(record.partition(), record.position()),
                durability,
                clock);
        return new ProcessorApi(live, processing, setAside, current -> {
            Generation generation = new Generation(database, current.number());
            StoredSubmissions submissions = new StoredSubmissions(generation);
            StoredTasks tasks = new StoredTasks(generation);
            MongoCounts counts = new MongoCounts(generation);
            SubmissionLocator locator =
                    new SubmissionLocator(generation, new MongoProgress(generation), own, topic, offsets, log, halts);
            AwaitedSubmissions awaited =
                    new AwaitedSubmissions(submissions, locator, () -> live.isLive(generation), config.readTimeout());
            ReadAfter readAfter = new ReadAfter(awaited);
            return new ProcessorApi.Reads(
                    new SessionReads(submissions, awaited, readAfter, times, counts, largeReads),
                    new NoteReads(submissions, tasks, awaited, readAfter, largeReads),
                    new TaskReads(tasks, readAfter, largeReads),
                    new SubmissionReads(submissions, awaited, log, readAfter, counts, largeReads));
        });
    }

    /**
     * Keeps the memory of all reads within a quarter of the heap, by limiting how many large ones run at once. What waits for more than the store
     * runs outside.
     */
    static SharedSlots largeReads(Heap heap) {
        int atOnce = Math.clamp(heap.share(4) / BYTES_OF_LARGE_READ, FEWEST_LARGE_READS, MOST_LARGE_READS);
        return new SharedSlots(atOnce, PATIENCE, "reads");
    }
}
