package dev.sluice.endtoend.access;

import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.api.ApiResource;
import dev.sluice.standalone.token.KafkaTokens;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.TestTokens;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * ingest-api and session-processor in separate processes that log JSON, on the broker and the store of this JVM's
 * tests. The tests of this package share them, and each uses its own projects.
 */
final class Edges {

    static final TopicNames TOPICS = TestKafka.freshTopics(Edges.class);

    private static final int PARTITIONS = 4;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<TokenText> issued = new CopyOnWriteArrayList<>();
    private final KafkaTokens tokens = new KafkaTokens(TestKafka.properties(), TOPICS);
    private final ServiceProcess ingest;
    private final ServiceProcess processor;
    private final String everything;

    private Edges() {
        InstalledTopics.make(TestKafka.properties(), TOPICS, PARTITIONS);
        ingest = ServiceProcess.ingestApi(environment(Map.of()));
        processor = ServiceProcess.sessionProcessor(environment(Map.of(
                "SLUICE_MONGODB", TestMongo.freshDatabase(Edges.class),
                "SLUICE_BREAKER_CONSECUTIVE", "3",
                "SLUICE_READ_TIMEOUT", "1s",
                "SLUICE_LOG_LEVEL", "debug")));
        everything = token(Role.ADMINISTRATOR, new Projects.All(), null).reveal();
        ingest.awaitReady();
        processor.awaitReady();
    }

    static Edges shared() {
        return Shared.EDGES;
    }

    ServiceProcess ingest() {
        return ingest;
    }

    ServiceProcess processor() {
        return processor;
    }

    List<ServiceProcess> both() {
        return List.of(ingest, processor);
    }

    KafkaTokens tokens() {
        return tokens;
    }

    /** All tokens that were ever generated. */
    List<TokenText> issued() {
        return issued;
    }

    /** The text of an administrator's token for every project. */
    String everything() {
        return everything;
    }

    TokenText token(Role role, long project) {
        return token(role, new Projects.Named(Set.of(project)), null);
    }

    TokenText token(Role role, Projects projects, @Nullable Instant expires) {
        TokenText text = newText();
        tokens.publish(TestTokens.token(text, role, projects, expires));
        return text;
    }

    /** Generates a token that is not published. */
    TokenText newText() {
        TokenText text = TestTokens.text();
        issued.add(text);
        return text;
    }

    /** A project after {@code project} whose submissions are in the same partition, or in a different one. */
    static long projectAfter(long project, boolean samePartition) {
        int partition = ProjectKey.partition(project, PARTITIONS);
        long other = project + 1;
        while ((ProjectKey.partition(other, PARTITIONS) == partition) != samePartition) {
            other++;
        }
        return other;
    }

    HttpResponse<String> get(String path, String token) {
        return send(processor, "GET", path, null, "Authorization", "Token " + token);
    }

    HttpResponse<String> post(String path, String token, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Token " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(ingest, "POST", path, body, all);
    }

    /** Posts a body and returns the id in the response, which must have one. */
    long posted(String path, String token, String body, String... headers) {
        HttpResponse<String> response = post(path, token, body, headers);
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return json(response.body()).path("id").longValue();
    }

    /** Posts a session, waits until it can be read, and returns its id. */
    long stored(long project, String session) {
        String sessions = ApiResource.SESSIONS.pathIn(project);
        long id = posted(sessions, everything, session);
        // A processor that is ready may not have been given its partitions yet.
        await().until(() -> get(sessions + id + "/", everything).statusCode() == 200);
        return id;
    }

    HttpResponse<String> send(
            ServiceProcess edge, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edge.address() + path))
                .timeout(ANSWERS_WITHIN)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " of " + edge.process(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a service has logged so far. */
    static List<String> log(ServiceProcess service) {
        try {
            return Files.readAllLines(service.process().log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SLUICE_KAFKA", TestKafka.bootstrapServers());
        environment.put("SLUICE_TOPIC_PREFIX", TOPICS.prefix());
        environment.put("SLUICE_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("SLUICE_LOG_FORMAT", "json");
        return environment;
    }

    // A holder class, so that nothing starts before the first test asks. The processes do not outlive this JVM.
    private static final class Shared {
        private static final Edges EDGES = new Edges();
    }
}
