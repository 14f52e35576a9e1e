package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionListsIT {

    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(SessionListsIT.class, 3));

    @Test
    void showsEverythingThatWasThereExactlyOnceWhileMoreArrives() {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(submit(project, "fortify", "r", 7, null));
        }
        for (String ordering : List.of("-id", "id")) {
            List<Long> seen = new ArrayList<>();
            String next = sessions(project) + "?page_size=3&ordering=" + ordering + "&read_after=" + ids.getLast();
            while (next != null) {
                JsonNode page = processor.readJson(next);
                page.get("results").forEach(item -> seen.add(item.get("id").longValue()));
                processor.awaitProgress(submit(project, "fortify", "later", 7, null));
                JsonNode url = page.get("next");
                next = url.isNull() || seen.containsAll(ids) ? null : ProcessorUnderTest.path(url);
            }

            assertThat(seen).doesNotHaveDuplicates().containsAll(ids);
            assertThat(seen.stream().filter(ids::contains))
                    .containsExactlyElementsOf(ordering.equals("id") ? ids : ids.reversed());
        }
    }

    @Test
    void leadsForthAndBackInBothOrders() {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(submit(project, "fortify", "r", 7, null));
        }
        String up = sessions(project) + "?ordering=id&page_size=3&read_after=" + ids.getLast();

        assertThat(processor.walk(up, "next")).isEqualTo(ids);
        assertThat(processor.walk(up.replace("ordering=id", "ordering=-id"), "next"))
                .isEqualTo(ids.reversed());
        JsonNode second = processor.readJson(up + "&page=2");
        assertThat(second.get("count").intValue()).isEqualTo(7);
        assertThat(ids(second)).isEqualTo(ids.subList(3, 6));
        assertThat(ids(processor.readJson(ProcessorUnderTest.path(second.get("previous")))))
                .isEqualTo(ids.subList(0, 3));
        assertThat(second.get("next").stringValue()).contains("ordering=id").contains("read_after=");
        assertThat(processor.read(up + "&page=4").status()).isEqualTo(404);
        assertThat(processor.readJson(sessions(project)).propertyNames()).containsExactly("results");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "analysis_type=fortify | 0 1 2",
                "analysis_type=veracode | 3 4",
                "analysis_type=whitehat | ''",
                "analysis_ref=a | 0 3",
                "analysis_ref=a%20b | 1",
                "analysis_ref=none | ''",
                "updater=8 | 2 4",
                "analysis_type=fortify&updater=8 | 2",
                "analysis_type=veracode&analysis_ref=a | 3",
                "analysis_ref=a&updater=8 | ''",
                "analysis_type=veracode&analysis_ref=b&updater=8 | 4"
            })
    void filtersAloneAndCombined(String filter, String expected) {
        long project = projects.incrementAndGet();
        List<Long> ids = List.of(
                submit(project, "fortify", "a", 7, null),
                submit(project, "fortify", "a b", 7, null),
                submit(project, "fortify", "b", 8, null),
                submit(project, "veracode", "a", 7, null),
                submit(project, "veracode", "b", 8, null));
        List<Long> wanted = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ", -1)).stream()
                        .map(index -> ids.get(Integer.parseInt(index)))
                        .toList();
        String list = sessions(project) + "?ordering=id&page_size=1&read_after=" + ids.getLast() + "&" + filter;

        assertThat(count(list)).isEqualTo(wanted.size());
        assertThat(processor.walk(list, "next")).isEqualTo(wanted);
    }

    @Test
    void filtersByTheTimeOfCreation() {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long id = submit(project, "fortify", "r", 7, null);
            ids.add(id);
            times.add(processor
                    .readJson(sessions(project) + id + "/")
                    .get("created")
                    .stringValue());
            // LogAppendTime is in milliseconds: the next session must get a different one.
            long now = System.currentTimeMillis();
            Awaitility.await().until(() -> System.currentTimeMillis() > now + 1);
        }
        String list = sessions(project) + "?ordering=id&page_size=2&read_after=" + ids.getLast();

        assertThat(processor.walk(list + "&created_after=" + times.get(1), "next"))
                .isEqualTo(ids.subList(1, 4));
        assertThat(processor.walk(list + "&created_before=" + times.get(2), "next"))
                .isEqualTo(ids.subList(0, 2));
        assertThat(count(list + "&created_after=" + times.get(1))).isEqualTo(3);
        assertThat(count(list + "&created_before=" + times.get(2))).isEqualTo(2);
        assertThat(processor.walk(
                        list + "&created_after=" + times.get(1) + "&created_before=" + times.get(3)
                                + "&analysis_type=fortify",
                        "next"))
                .isEqualTo(ids.subList(1, 3));
        assertThat(processor.walk(list + "&created_after=2100-01-01T00:00:00%2B02:00", "next"))
                .isEmpty();
        assertThat(processor.walk(list + "&created_before=1969-01-01T00:00:00Z", "next"))
                .isEmpty();
        assertThat(processor.walk(list + "&created_after=1969-01-01T00:00&created_before=2100-01-01T00:00", "next"))
                .isEqualTo(ids);
    }

    @Test
    void filtersByTheTimeOfCreationWhatTheLogNoLongerHas() throws Exception {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(submit(project, "fortify", "r", 7, null));
        }
        processor.awaitProgress(ids.getLast());
        Instant first = processor.received(ids.getFirst());
        SubmissionId last = SubmissionId.of(ids.getLast());

        new TopicUnderTest(processor.config.kafka(), processor.config.topics())
                .deleteRecordsBefore(last.partition(), last.position());

        assertThat(processor.walk(sessions(project) + "?ordering=id&page_size=2&created_after=" + first, "next"))
                .isEqualTo(ids);
    }

    @Test
    void tellsEverythingThatIsWrongWithAQueryAtOnce() {
        Answer answer = processor.read(sessions(1)
                + "?analysis_type=x&ordering=name&created_after=yesterday&updater=bob&page_size=0&read_after=x");

        assertThat(answer.status()).isEqualTo(400);
        JsonNode errors = ProcessorUnderTest.json(answer.body());
        assertThat(errors.propertyNames())
                .containsExactlyInAnyOrder("analysis_type", "ordering", "created_after", "updater", "page_size");
        assertThat(errors.get("analysis_type").get(0).stringValue()).isEqualTo("\"x\" is not a valid choice.");
    }

    @ParameterizedTest
    @CsvSource({"x", "3", "9223372036854775807", "256"})
    void refusesToReadAfterWhatThereIsNot(String id) {
        Answer answer = processor.read(sessions(999_999) + "?read_after=" + id);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"read_after\":[\"Invalid pk \\\"" + id + "\\\" - object does not exist.\"]}");
    }

    @Test
    void readsEveryIdOfAnIdempotencyKeyAsTheOneSession() {
        long project = projects.incrementAndGet();
        long first = submit(project, "fortify", "once", 7, "key");
        long again = submit(project, "fortify", "once", 8, "key");
        long other = submit(project, "fortify", "other", 7, "key");
        processor.awaitProgress(other);

        JsonNode session = processor.readJson(sessions(project) + again + "/");
        assertThat(session.get("id").longValue()).isEqualTo(first);
        assertThat(session).isEqualTo(processor.readJson(sessions(project) + first + "/"));
        assertThat(processor.read(sessions(project) + other + "/").status()).isEqualTo(404);
        assertThat(processor.walk(sessions(project) + "?page_size=5", "next")).containsExactly(first);
        assertThat(count(sessions(project) + "?page_size=5")).isEqualTo(1);
        assertThat(processor
                        .readJson(submissions(project) + again + "/")
                        .get("session")
                        .longValue())
                .isEqualTo(first);
    }

    private long submit(long project, String type, String ref, long user, @Nullable String key) {
        return processor.send(
                ProjectKey.of(project),
                ("{\"analysis_ref\":\"" + ref + "\",\"analysis_type\":\"" + type + "\"}")
                        .getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", new User(user, "", "", ""), key, null));
    }

    private int count(String list) {
        return processor.readJson(list).get("count").intValue();
    }

    private static String sessions(long project) {
        return "/api/v2/projects/" + project + "/analysis-sessions/";
    }

    private static String submissions(long project) {
        return "/api/v2/projects/" + project + "/submissions/";
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.get("results").forEach(item -> ids.add(item.get("id").longValue()));
        return ids;
    }
}
