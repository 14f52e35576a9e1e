package dev.sluice.endtoend.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.EvenTime;
import dev.sluice.test.TestKafka;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The response for an id of another project is the same as for an id that does not exist, in every place that takes an id. */
class ForeignIdsIT {

    private static final long NOBODYS = 1L << 40;
    private static final String SESSION = """
            {"analysis_ref": "secret", "analysis_type": "fortify", "notes": [{"task": "%d-T6", "behaviour": "replace",
             "confidence": "high", "findings": {}, "status": "fail"}]}""";

    private final Edges edges = Edges.shared();

    @Test
    void answersTheSameForWhatAnotherProjectHasAndWhatNobodyHas() {
        long theirs = 1000;
        for (boolean samePartition : List.of(true, false)) {
            long ours = Edges.projectAfter(theirs, samePartition);
            long session = edges.stored(theirs, SESSION.formatted(theirs));
            String token = token(ours);

            // In the same partition, so that only the owner of the id differs.
            assertEqualAnswers(ours, token, session, session + NOBODYS);
        }
    }

    @Test
    void tellsNothingOfWhatAnotherProjectHasOnItsWay() throws Exception {
        long theirs = 2000;
        long ours = Edges.projectAfter(theirs, true);
        String token = token(ours);
        stopPartitionOf(theirs);
        try {
            long pending =
                    edges.posted(path(theirs, "analysis-sessions/"), edges.everything(), SESSION.formatted(theirs));
            assertThat(edges.get(path(theirs, "submissions/" + pending + "/"), edges.everything())
                            .body())
                    .contains("\"state\":\"pending\"");
            assertThat(edges.get(path(theirs, "analysis-sessions/" + pending + "/"), edges.everything())
                            .statusCode())
                    .isEqualTo(503);

            assertEqualAnswers(ours, token, pending, pending + NOBODYS);
        } finally {
            String resume = "/api/v2/processing/resume/";
            edges.send(edges.processor(), "POST", resume, null, "Authorization", "Token " + edges.everything());
        }
    }

    private void assertEqualAnswers(long ours, String token, long foreign, long missing) {
        CompletableFuture<List<String>> inTheMeantime =
                CompletableFuture.supplyAsync(() -> answers(ours, token, foreign));
        List<String> ofMissing = answers(ours, token, missing);
        List<String> ofForeign = inTheMeantime.join();

        assertThat(ofForeign).isEqualTo(ofMissing);
        assertThat(ofForeign).noneMatch(answer -> answer.startsWith("2") || answer.startsWith("5"));
    }

    /** The responses of every place that takes an id, with the id masked. */
    private List<String> answers(long project, String token, long id) {
        long note = new NoteId(id, 1).value();
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (String read : List.of(
                "analysis-sessions/" + id + "/",
                "submissions/" + id + "/",
                "tasks/T6/analysis-notes/" + note + "/",
                "analysis-sessions/?read_after=" + id,
                "submissions/?read_after=" + id,
                "tasks/?read_after=" + id,
                "tasks/T6/?read_after=" + id,
                "tasks/T6/analysis-notes/?read_after=" + note)) {
            responses.add(inEvenTime(() -> edges.get(path(project, read), token)));
        }
        String noteBody = "{\"analysis_session\": " + id
                + ", \"behaviour\": \"replace\", \"confidence\": \"high\", \"findings\": {}, \"status\": \"pass\"}";
        responses.add(inEvenTime(() -> edges.post(path(project, "tasks/T6/analysis-notes/"), token, noteBody)));
        responses.add(inEvenTime(() -> edges.post(path(project, "submissions/" + id + "/resubmit/"), token, "")));
        return responses.stream().map(response -> text(response, id)).toList();
    }

    /** Requires the response to take at least one step of even time; how much longer it takes depends on the machine. */
    private static HttpResponse<String> inEvenTime(Supplier<HttpResponse<String>> call) {
        long begin = System.nanoTime();
        HttpResponse<String> response = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(EvenTime.STEP);
        return response;
    }

    private static String text(HttpResponse<String> response, long id) {
        TreeMap<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeAll(List.of("date", "x-request-id", "content-length"));
        return (response.statusCode() + " " + headers + " " + response.body())
                .replace(Long.toString(new NoteId(id, 1).value()), "NOTE")
                .replace(Long.toString(id), "ID");
    }

    /** Three bad records in a row stop it. */
    private void stopPartitionOf(long project) throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 3; i++) {
                byte[] noSession = "{".getBytes(UTF_8);
                producer.send(new ProducerRecord<>(Edges.TOPICS.submissions(), ProjectKey.of(project), noSession))
                        .get();
            }
        }
        await().until(() ->
                edges.get("/api/v2/processing/", edges.everything()).body().contains("\"partition\""));
    }

    private String token(long project) {
        TokenText token = edges.token(Role.ADMINISTRATOR, project);
        for (var edge : edges.both()) {
            await().until(() -> edges.send(edge, "GET", "/api/", null, "Authorization", "Token " + token.reveal())
                            .statusCode()
                    == 404);
        }
        return token.reveal();
    }

    private static String path(long project, String rest) {
        return "/api/v2/projects/" + project + "/" + rest;
    }
}
