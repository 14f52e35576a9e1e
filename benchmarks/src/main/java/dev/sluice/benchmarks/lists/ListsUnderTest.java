package dev.sluice.benchmarks.lists;

import com.mongodb.client.MongoClient;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.api.Answer;
import dev.sluice.http.log.SubmissionLog;
import dev.sluice.http.settings.Heap;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.read.note.NoteReads;
import dev.sluice.processor.read.page.ReadMemory;
import dev.sluice.processor.read.page.StoredCounts;
import dev.sluice.processor.read.session.CreationTimes;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.LogPlaces;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.read.task.StoredTasks;
import dev.sluice.processor.topic.LogOffsets;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Duration;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The read API's lists on a store; the log is not used. */
final class ListsUnderTest implements AutoCloseable {

    // Long enough to measure requests that the API would abort.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SubmissionsTopic topic = new SubmissionsTopic("none", IdBase.NONE);
    private final LogOffsets log = new LogOffsets(Map.of(), topic);
    private final SubmissionLog records = new SubmissionLog(Map.of(), TopicNames.DEFAULT, IdBase.NONE);
    private final SessionReads sessions;
    private final NoteReads notes;

    ListsUnderTest(MongoClient client, String name) {
        Generation generation = Generation.first(new MongoTemplate(client, name));
        StoredSubmissions submissions = new StoredSubmissions(generation, PATIENCE);
        AwaitedSubmissions awaited = new AwaitedSubmissions(
                submissions,
                new LogPlaces(generation, new OwnProgress(), topic, log, records),
                other -> true,
                PATIENCE);
        ReadAfter readAfter = new ReadAfter(awaited);
        ReadMemory memory = ReadMemory.of(Heap.ofProcess());
        this.sessions = new SessionReads(
                submissions,
                awaited,
                readAfter,
                new CreationTimes(topic, log),
                new StoredCounts(generation, PATIENCE),
                memory);
        this.notes = new NoteReads(submissions, new StoredTasks(generation, PATIENCE), awaited, readAfter, memory);
    }

    Answer answer(ListRequest request, boolean ofNotes) {
        return ofNotes ? notes.list(request) : sessions.list(request);
    }

    @Override
    public void close() {
        records.close();
        log.close();
    }
}
