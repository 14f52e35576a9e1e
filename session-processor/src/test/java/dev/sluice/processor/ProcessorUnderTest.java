package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.batch.CounterAssert;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.task.TaskGroup;
import dev.sluice.test.openapi.OpenApiContract;
import io.helidon.http.Method;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractDoubleAssert;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete processor on a real broker and store, with a producer for its input and access to everything it writes. Registered as an extension, it
 * runs for all tests of a class.
 */
final class ProcessorUnderTest extends LogUnderTest implements BeforeAllCallback, AfterAllCallback {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();

    private final MongoClient mongo;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private @Nullable SessionProcessor processor;
    private ApiRoutes routes = new ApiRoutes();

    ProcessorUnderTest(ProcessorConfig config) {
        super(config);
        this.mongo = MongoClients.create(config.mongodb());
    }

    ProcessorUnderTest start() {
        return start(StoreDurability.BY_ACKNOWLEDGEMENT);
    }

    /** For tests that read at once: until the processor has seen the topic it cannot resolve ids, and answers 503. */
    ProcessorUnderTest startAndAwaitReady() {
        start();
        await().until(() -> notReady().isEmpty());
        return this;
    }

    ProcessorUnderTest start(StoreDurability durability) {
        processor = SessionProcessor.start(config, durability, meters, Clock.systemUTC());
        routes = new ApiRoutes();
        processor.register(routes);
        return this;
    }

    void stop() {
        if (processor != null) {
            processor.close();
            processor = null;
        }
    }

    /** Waits for the reason why the processor processes nothing. */
    String awaitRefusal() {
        return await().until(() -> Objects.requireNonNull(processor).refusal(), Optional::isPresent)
                .orElseThrow();
    }

    List<ReadinessCheck.State> notReady() {
        return processor == null
                ? List.of()
                : processor.readiness().stream()
                        .map(check -> check.state().get())
                        .filter(state -> !state.ready())
                        .toList();
    }

    /** The state of its start, and of what it has started on. */
    ReadinessCheck.State startup() {
        return Objects.requireNonNull(processor).startup().state().get();
    }

    /** When a stored submission was appended to its log. */
    Instant received(long id) {
        return Instant.ofEpochMilli(
                Objects.requireNonNull(stored(id)).getDateTime("received").getValue());
    }

    Answer get(long project, long id) {
        return answer(ApiResource.SESSION, FakeRequest.one(project, id));
    }

    Answer list(FakeRequest request) {
        return answer(ApiResource.SESSIONS, request);
    }

    /** Returns the answer to a GET of any resource, including problems. */
    Answer read(String pathAndQuery) {
        FakeRequest request = FakeRequest.of(pathAndQuery);
        String path = pathAndQuery.split("[?]", 2)[0];
        ApiResource resource = Arrays.stream(ApiResource.values())
                .filter(one -> path.matches(one.path().replaceAll("\\{[a-z_]+}", "[^/]+")))
                .findFirst()
                .orElseThrow();
        Answer answer = answer(resource, request);
        CONTRACT.assertConforms(
                "GET", path, answer.status(), headers(answer), new String(answer.body(), StandardCharsets.UTF_8));
        return answer;
    }

    /** The headers as the server would send them. */
    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of("application/json"));
        answer.headers().forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), List.of(header.get())));
        return headers;
    }

    private Answer answer(ApiResource resource, FakeRequest request) {
        try {
            return routes.handler(resource, Method.GET).orElseThrow().handle(request);
        } catch (ProblemException e) {
            return e.answer();
        }
    }

    /** Resumes all stopped partitions and returns the answer. */
    JsonNode resume() {
        return json(ApiResource.RESUME, Method.POST);
    }

    /** Where processing is stopped, and what it fails on. */
    JsonNode processing() {
        return json(ApiResource.PROCESSING, Method.GET);
    }

    private JsonNode json(ApiResource resource, Method method) {
        String path = resource.path();
        Answer answer = routes.handler(resource, method).orElseThrow().handle(new FakeRequest(0, 0, path));
        CONTRACT.assertConforms(
                method.text(),
                path,
                answer.status(),
                headers(answer),
                new String(answer.body(), StandardCharsets.UTF_8));
        return json(answer.body());
    }

    /** Asks to set a record aside, for a reason that may be in a query as it is. */
    Answer setAside(long id, String reason) {
        String path = ApiResource.SET_ASIDE.path().replace("{" + ApiResource.SUBMISSION_ID + "}", Long.toString(id));
        Answer answer;
        try {
            answer = routes.handler(ApiResource.SET_ASIDE, Method.POST)
                    .orElseThrow()
                    .handle(new FakeRequest(0, id, path + "?reason=" + reason));
        } catch (ProblemException e) {
            answer = e.answer();
        }
        CONTRACT.assertConforms(
                "POST", path, answer.status(), headers(answer), new String(answer.body(), StandardCharsets.UTF_8));
        return answer;
    }

    /** Returns the body of an answer whose status must be 200. */
    JsonNode readJson(String pathAndQuery) {
        Answer answer = read(pathAndQuery);
        assertThat(answer.status())
                .as("%s: %s", pathAndQuery, new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return json(answer.body());
    }

    /** The ids on all pages from the given one on, following the links named {@code link}. */
    List<Long> walk(String pathAndQuery, String link) {
        List<Long> ids = new ArrayList<>();
        String next = pathAndQuery;
        while (next != null) {
            JsonNode page = readJson(next);
            page.get("results").forEach(item -> ids.add(item.get("id").longValue()));
            JsonNode url = page.get(link);
            next = url.isNull() ? null : path(url);
        }
        return ids;
    }

    /** The path and query of a link. */
    static String path(JsonNode url) {
        return url.stringValue().replaceFirst("^http://[^/]+", "");
    }

    static JsonNode json(byte[] body) {
        return JsonMapper.shared().readTree(body);
    }

    MongoDatabase database() {
        return mongo.getDatabase(Objects.requireNonNull(new ConnectionString(config.mongodb()).getDatabase()));
    }

    MongoCollection<BsonDocument> collection(String name) {
        return database().getCollection(name, BsonDocument.class);
    }

    @Nullable
    BsonDocument stored(long id) {
        return collection("submissions").find(new Document("_id", id)).first();
    }

    /** The document of the group of tasks that includes {@code task}. */
    BsonDocument tasksWith(long project, String task) {
        return Objects.requireNonNull(collection("verifications")
                .find(new Document("_id", TaskGroup.of(project, task).id()))
                .first());
    }

    String kind(long id) {
        BsonDocument document = stored(id);
        return document == null ? "" : document.getString("kind").getValue();
    }

    void awaitStored(long id) {
        await().until(() -> stored(id) != null);
    }

    void awaitProgress(long id) {
        SubmissionId place = SubmissionId.of(id);
        await().until(() -> progress(place.partition()) > place.position());
    }

    /** Waits until all current records have been processed. */
    void awaitAll() {
        records(config.topics().submissions())
                .forEach(record -> await().until(() -> progress(record.partition()) > record.offset()));
    }

    long progress(int partition) {
        BsonDocument progress =
                collection("progress").find(new Document("_id", partition)).first();
        return progress == null ? 0 : progress.getNumber("next").longValue();
    }

    AuditReport audit() {
        return new Audit(config.kafka(), config.topics(), config.store()).run(100, (records, of) -> {});
    }

    AbstractDoubleAssert<?> assertCounted(String name, String... tags) {
        return CounterAssert.assertCounter(meters, name, tags);
    }

    double counted(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    double gauge(String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startAndAwaitReady();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        stop();
        mongo.close();
        super.close();
    }
}
