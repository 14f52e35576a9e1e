package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeyIT {

    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\",\"extra\":{\"b\":1}}";
    private static final String NOTE =
            "{\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":[],\"status\":\"fail\"}";

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(IdempotencyKeyIT.class);

    /** The parts of an answer that a client sees. */
    private record Seen(int status, String body, String location) {

        static Seen of(HttpResponse<String> response) {
            return new Seen(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""));
        }
    }

    @Test
    void answersARetryAsTheFirst() throws Exception {
        Seen first = Seen.of(under.post(SESSION, "Idempotency-Key", "retry"));
        Seen second = Seen.of(under.post(SESSION, "Idempotency-Key", "retry"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second).isEqualTo(first);
        assertThat(under.log().ofKey("retry")).hasSize(1);
    }

    @Test
    void answersARetryOfANoteAsTheFirst() throws Exception {
        Seen first = Seen.of(note("T6", NOTE, "note"));
        Seen second = Seen.of(note("7-T6", NOTE, "note"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second).isEqualTo(first);
        assertThat(under.log().ofKey("note")).hasSize(1);
    }

    @Test
    void publishesOneOfFiftyAtOnceAndAnswersThemAllAlike() throws Exception {
        List<Future<Seen>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> Seen.of(under.post(SESSION, "Idempotency-Key", "fifty at once"))));
            }
        }

        Set<Seen> different = new HashSet<>();
        for (Future<Seen> answer : answers) {
            different.add(answer.get());
        }
        assertThat(different).singleElement().extracting(Seen::status).isEqualTo(201);
        assertThat(under.log().ofKey("fifty at once")).hasSize(1);
    }

    @Test
    void refusesAnotherBodyTypeOrTaskUnderTheKey() throws Exception {
        assertThat(under.post(SESSION, "Idempotency-Key", "other").statusCode()).isEqualTo(201);
        assertThat(note("T6", NOTE, "other note").statusCode()).isEqualTo(201);

        HttpResponse<String> otherBody = under.post(SESSION + " ", "Idempotency-Key", "other");

        assertThat(otherBody.statusCode()).isEqualTo(422);
        assertThat(otherBody.body())
                .isEqualTo(
                        "{\"detail\":\"The Idempotency-Key was used with another body. Another submission needs another key.\"}");
        assertThat(note("T6", NOTE, "other").statusCode()).isEqualTo(422);
        assertThat(note("T7", NOTE, "other note").statusCode()).isEqualTo(422);
        assertThat(under.log().ofKey("other")).hasSize(1);
    }

    @Test
    void doesNotRememberARefusal() throws Exception {
        assertThat(under.post("{}", "Idempotency-Key", "refused").statusCode()).isEqualTo(400);
        assertThat(under.post(SESSION, "Idempotency-Key", "refused").statusCode())
                .isEqualTo(201);
    }

    @Test
    void publishesAgainWithAnotherInstanceWhichDoesNotKnowTheKey() throws Exception {
        Seen first = Seen.of(under.post(SESSION, "Idempotency-Key", "instances"));
        try (RunningIngest another = new RunningIngest(under.log().config()).awaitReady()) {
            Seen second = Seen.of(another.post(under.writer(), SESSION, "Idempotency-Key", "instances"));

            assertThat(second.status()).isEqualTo(201);
            assertThat(second.body()).isNotEqualTo(first.body());
        }
        assertThat(under.log().ofKey("instances")).hasSize(2);
    }

    private HttpResponse<String> note(String task, String body, String key) throws Exception {
        return under.postTo("/api/v2/projects/7/tasks/" + task + "/analysis-notes/", body, "Idempotency-Key", key);
    }
}
