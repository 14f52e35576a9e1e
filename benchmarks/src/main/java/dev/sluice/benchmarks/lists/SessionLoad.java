package dev.sluice.benchmarks.lists;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.NoteCounts;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.processor.store.VerificationChanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Stores sessions of one project exactly as the processor does, but without a log. */
final class SessionLoad {

    static final long PROJECT = 1;
    static final int PARTITION = 0;
    static final String RARE_REF = "rare";
    static final long RARE_USER = 2;

    private static final int BATCH = 1000;
    private static final int RARE_ONE_IN = 10_000;
    private static final int REFS = 1000;
    private static final AnalysisType[] TYPES = {
        AnalysisType.FORTIFY, AnalysisType.VERACODE, AnalysisType.WEBINSPECT, AnalysisType.APPSCAN
    };

    private final MongoSubmissions submissions;
    private final MongoCounts counts;
    private final SubmissionValidator validator = new SubmissionValidator();
    private final BsonBuffer buffer = new BsonBuffer();
    private final BsonBuffer contents = new BsonBuffer();
    private final int notes;

    /**
     * Stores into a generation of the projection.
     *
     * @param notes the number of notes per session
     */
    SessionLoad(Generation generation, int notes) {
        this.submissions = new MongoSubmissions(generation);
        this.counts = new MongoCounts(generation);
        this.notes = notes;
    }

    /** Stores {@code sessions} sessions and returns the time taken. */
    Duration store(int sessions) {
        long begin = System.nanoTime();
        for (int stored = 0; stored < sessions; stored += BATCH) {
            storeBatch(stored, Math.min(sessions, stored + BATCH));
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void storeBatch(int from, int to) {
        buffer.clear();
        contents.clear();
        Instant now = Instant.now();
        SubmissionDocument.Target target = new SubmissionDocument.Target(buffer, contents, now);
        List<SubmissionOutcome> outcomes = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            SubmissionId id = new SubmissionId(PARTITION, number);
            AnalysisType type = isRare(number) ? AnalysisType.WHITEHAT : TYPES[number % TYPES.length];
            String ref = isRare(number) ? RARE_REF : "application-" + number % REFS;
            User user = new User(isRare(number) ? RARE_USER : 1, "bob@example.com", "Bob", "Smith");
            SubmissionDocument.beginSessionContent(contents);
            validator.validateSession(body(ref, type), PROJECT, contents);
            contents.finish();
            new SubmissionDocument(id, OptionalLong.of(PROJECT), now, Optional.of(user), Optional.empty())
                    .writeSession(target, OptionalLong.empty(), VerificationChanges.NONE, number - from);
            outcomes.add(new SubmissionOutcome(
                    id,
                    OptionalLong.of(PROJECT),
                    now,
                    now,
                    OptionalLong.of(user.id()),
                    Optional.empty(),
                    new Outcome.StoredSession(ref, type),
                    NoteCounts.NONE,
                    VerificationChanges.NONE));
        }
        submissions.insert(buffer.documents());
        counts.count(outcomes);
    }

    private static boolean isRare(int number) {
        return number % RARE_ONE_IN == 0;
    }

    private byte[] body(String ref, AnalysisType type) {
        StringBuilder body = new StringBuilder("{\"analysis_ref\":\"")
                .append(ref)
                .append("\",\"analysis_type\":\"")
                .append(type.slug())
                .append("\",\"notes\":[");
        for (int note = 0; note < notes; note++) {
            body.append(note == 0 ? "" : ",")
                    .append("{\"task\":\"" + PROJECT + "-T")
                    .append(note + 1)
                    .append("\",\"behaviour\":\"replace-scanner\",\"confidence\":\"high\",\"status\":\"fail\",")
                    .append("\"findings\":{\"count\":3,\"cwe\":89,\"description\":\"SQL injection in a login form\"}}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
