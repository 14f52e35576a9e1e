package dev.sluice.ingest;

import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.ingest.publish.KafkaSubmissions;
import dev.sluice.ingest.session.PostSession;
import io.helidon.http.Method;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Everything of ingest-api but the web server, so that it can share one with others. Starts whether Kafka is there or not; close the web
 * server first.
 */
public final class IngestApi implements AutoCloseable {

    private final KafkaSubmissions submissions;
    private final PostSession postSession;

    private IngestApi(KafkaSubmissions submissions, PostSession postSession) {
        this.submissions = submissions;
        this.postSession = postSession;
    }

    /** Starts connecting to Kafka and returns at once. */
    public static IngestApi start(IngestConfig config, MeterRegistry registry) {
        KafkaSubmissions submissions =
                KafkaSubmissions.start(config.kafka(), config.topics(), config.ackTimeout(), registry);
        return new IngestApi(submissions, new PostSession(submissions, registry));
    }

    /** Contributes POST of sessions. */
    public void register(ApiRoutes routes) {
        routes.handle(ApiResource.SESSIONS, Method.POST, postSession);
    }

    /** Whether submissions can be taken. */
    public List<ReadinessCheck> readiness() {
        return submissions.readiness();
    }

    @Override
    public void close() {
        submissions.close();
    }
}
