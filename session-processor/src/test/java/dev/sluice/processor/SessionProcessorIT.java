package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionProcessorIT {

    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(SessionProcessorIT.class, 3));

    @Test
    void answersASessionThatWasJustWritten() {
        long project = projects.incrementAndGet();
        long id = processor.submit(project, ProcessorUnderTest.body("just written"));

        Answer answer = processor.get(project, id);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode session = ProcessorUnderTest.json(answer.body());
        assertThat(session.propertyNames())
                .containsExactly("id", "analysis_ref", "analysis_type", "extra", "created", "updated", "updater");
        assertThat(session.get("id").longValue()).isEqualTo(id);
        assertThat(session.get("analysis_ref").stringValue()).isEqualTo("just written");
        assertThat(session.get("analysis_type").stringValue()).isEqualTo("fortify");
        assertThat(session.get("extra").get("n").doubleValue()).isEqualTo(1.5);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"$ref\":[1E+400]");
        assertThat(session.get("created").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(session.get("updated")).isEqualTo(session.get("created"));
        assertThat(session.get("updater").longValue()).isEqualTo(7);
    }

    @Test
    void answersManyWhoAskAtOnceEachWithItsOwn() throws Exception {
        List<Long> ids = new ArrayList<>();
        long first = projects.getAndAdd(40) + 1;
        for (long project = first; project < first + 40; project++) {
            ids.add(processor.submit(project, ProcessorUnderTest.body("of " + project)));
        }
        ids.forEach(processor::awaitStored);

        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> own = new ArrayList<>();
            List<Future<Answer>> others = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int one = i % 40;
                own.add(readers.submit(() -> processor.get(first + one, ids.get(one))));
                others.add(readers.submit(() -> processor.get(first + one, ids.get((one + 1) % 40))));
            }
            for (int i = 0; i < own.size(); i++) {
                Answer answer = own.get(i).get(1, TimeUnit.MINUTES);
                assertThat(answer.status()).isEqualTo(200);
                JsonNode session = ProcessorUnderTest.json(answer.body());
                assertThat(session.get("id").longValue()).isEqualTo(ids.get(i % 40));
                assertThat(session.get("analysis_ref").stringValue()).isEqualTo("of " + (first + i % 40));
                assertThat(others.get(i).get(1, TimeUnit.MINUTES).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void answersAtOnceThatThereIsNoSuchSession() {
        long far = new SubmissionId(0, 1_000_000).value();
        long noPartition = new SubmissionId(200, 0).value();

        assertThat(processor.get(1, far).status()).isEqualTo(404);
        assertThat(processor.get(1, noPartition).status()).isEqualTo(404);
        assertThat(processor.get(1, 3).status()).isEqualTo(404);
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThat(processor.list(FakeRequest.list(1, "page_size=1001")).body())
                .asString()
                .isEqualTo("{\"page_size\":[\"Ensure this value is less than or equal to 1000.\"]}");
        assertThat(processor.list(FakeRequest.list(1, "page_size=0")).status()).isEqualTo(400);
        assertThat(processor.list(FakeRequest.list(1, "page_size=x")).status()).isEqualTo(400);
        assertThat(processor.list(FakeRequest.list(1, "before=x")).status()).isEqualTo(400);
        long empty = projects.incrementAndGet() + 10_000;
        assertThat(ids(page(FakeRequest.list(empty, "page_size=5")))).isEmpty();
        assertThat(processor.list(FakeRequest.list(empty, "page=2")).body())
                .asString()
                .isEqualTo("{\"detail\":\"Invalid page.\"}");
    }

    private JsonNode page(FakeRequest request) {
        Answer answer = processor.list(request);
        assertThat(answer.status()).isEqualTo(200);
        return ProcessorUnderTest.json(answer.body());
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.get("results").forEach(session -> ids.add(session.get("id").longValue()));
        return ids;
    }
}
