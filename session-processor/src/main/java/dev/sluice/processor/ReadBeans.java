package dev.sluice.processor;

import dev.sluice.http.log.SubmissionLog;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.read.ReadApi;
import dev.sluice.processor.read.note.NoteReads;
import dev.sluice.processor.read.page.ReadMemory;
import dev.sluice.processor.read.page.StoredCounts;
import dev.sluice.processor.read.session.CreationTimes;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.LogPlaces;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.read.submission.SubmissionReads;
import dev.sluice.processor.read.task.StoredTasks;
import dev.sluice.processor.read.task.TaskReads;
import dev.sluice.processor.topic.LogOffsets;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the read API is put together. */
@Configuration(proxyBeanMethods = false)
class ReadBeans {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);

    @Bean
    SubmissionLog submissionLog(ProcessorConfig config) {
        return new SubmissionLog(config.kafka(), config.topics(), config.ids());
    }

    @Bean
    ReadApi readApi(
            Generation generation,
            MongoProgress progress,
            PassedOffsets passed,
            SubmissionsTopic topic,
            LogOffsets offsets,
            SubmissionLog log,
            ProcessorConfig config) {
        StoredSubmissions submissions = new StoredSubmissions(generation, STORE_TIMEOUT);
        StoredTasks tasks = new StoredTasks(generation, STORE_TIMEOUT);
        StoredCounts counts = new StoredCounts(generation, STORE_TIMEOUT);
        LogPlaces places = new LogPlaces(progress, topic, offsets);
        AwaitedSubmissions awaited = new AwaitedSubmissions(submissions, places, passed, config.readTimeout());
        ReadAfter readAfter = new ReadAfter(awaited);
        ReadMemory memory = ReadMemory.ofHeap();
        return new ReadApi(
                new SessionReads(submissions, awaited, readAfter, new CreationTimes(topic, offsets), counts, memory),
                new NoteReads(submissions, tasks, awaited, readAfter, memory),
                new TaskReads(tasks, readAfter, memory),
                new SubmissionReads(submissions, places, log, readAfter, counts, memory));
    }
}
