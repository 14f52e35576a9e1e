package dev.sluice.ingest;

import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.ingest.feed.PostFeed;
import dev.sluice.ingest.intake.Intake;
import dev.sluice.ingest.note.NoteCheck;
import dev.sluice.ingest.note.PostNote;
import dev.sluice.ingest.note.SessionReferences;
import dev.sluice.ingest.publish.KafkaSubmissions;
import dev.sluice.ingest.resubmit.Resubmit;
import dev.sluice.ingest.session.PostSession;
import io.helidon.http.Method;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * All of ingest-api except the web server, so that it can share one with others. Starts whether Kafka is available or not; close the web
 * server first.
 */
public final class IngestApi implements AutoCloseable {

    private final KafkaSubmissions submissions;
    private final SubmissionLog log;
    private final Intake intake;
    private final PostFeed feeds;

    private IngestApi(KafkaSubmissions submissions, SubmissionLog log, Intake intake, PostFeed feeds) {
        this.submissions = submissions;
        this.feeds = feeds;
        this.log = log;
        this.intake = intake;
    }

    public static IngestApi start(IngestConfig config, MeterRegistry registry) {
        return start(config, registry, () -> true);
    }

    /**
     * Starts connecting to Kafka and returns at once.
     *
     * @param hasRoom whether the log has room for more, where that can be known; called for each submission
     */
    public static IngestApi start(IngestConfig config, MeterRegistry registry, BooleanSupplier hasRoom) {
        KafkaSubmissions submissions =
                KafkaSubmissions.start(config.log(), config.ackTimeout(), config.heap(), hasRoom, registry);
        SubmissionLog log = new SubmissionLog(config.log(), "ingest-api");
        return new IngestApi(
                submissions,
                log,
                new Intake(submissions, config.ackTimeout(), registry),
                new PostFeed(submissions::ofFeed, config.feeds(), registry));
    }

    public void register(ApiRoutes routes) {
        NoteCheck notes = new NoteCheck(intake, new SessionReferences(log));
        routes.handle(ApiResource.SESSIONS, Method.POST, new PostSession(intake));
        routes.handleStream(ApiResource.SESSIONS, feeds);
        routes.handle(ApiResource.NOTES, Method.POST, new PostNote(intake, notes));
        routes.handle(ApiResource.RESUBMIT, Method.POST, new Resubmit(intake, notes, log));
    }

    public List<ReadinessCheck> readiness() {
        return submissions.readiness();
    }

    @Override
    public void close() {
        submissions.close();
        log.close();
    }
}
