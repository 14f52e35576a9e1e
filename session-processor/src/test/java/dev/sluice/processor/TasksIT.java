package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Reads of tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasksIT {

    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(TasksIT.class, 3));

    private final SubmittedNotes submitted = new SubmittedNotes(processor);

    @Test
    void showsTasksByTheirNumbersAndFilteredByStatus() {
        long project = projects.incrementAndGet();
        submitted.session(project, "T10", "T6", "CT2");
        long last = submitted.note(project, "T10", "");
        String tasks = "/api/v2/projects/" + project + "/tasks/";
        String after = "read_after=" + last;

        JsonNode list = processor.readJson(tasks + "?page_size=2&" + after);
        assertThat(list.get("count").intValue()).isEqualTo(3);
        assertThat(texts(list)).containsExactly(project + "-CT2", project + "-T6");
        JsonNode next = processor.readJson(ProcessorUnderTest.path(list.get("next")));
        assertThat(texts(next)).containsExactly(project + "-T10");
        assertThat(texts(processor.readJson(ProcessorUnderTest.path(next.get("previous")))))
                .containsExactly(project + "-CT2", project + "-T6");
        assertThat(texts(processor.readJson(tasks + "?verification_status=pass")))
                .containsExactly(project + "-T10");
        assertThat(texts(processor.readJson(tasks + "?verification_status=fail&page_size=1")))
                .containsExactly(project + "-CT2");
        assertThat(processor
                        .readJson(tasks + "?verification_status=fail&page_size=1")
                        .get("count")
                        .intValue())
                .isEqualTo(2);
        assertThat(processor.read(tasks + "?verification_status=done").status()).isEqualTo(400);
        JsonNode task = processor.readJson(tasks + "T10/?" + after);
        assertThat(task.propertyNames())
                .containsExactly("id", "task_id", "verification_status", "verifications", "updated");
        assertThat(task.get("task_id").stringValue()).isEqualTo("T10");
        assertThat(task.get("verifications"))
                .hasToString(
                        "[{\"analysis_type\":{\"slug\":\"manual\",\"name\":\"Manual Verification\"},\"status\":\"pass\"}]");
    }

    @Test
    void leadsThroughTasksThatAreKeptInManyPlaces() {
        long project = projects.incrementAndGet();
        String[] names = {"T1200", "T99", "A7", "T100", "T0", "T00", "T1", "TB3", "T199", "T012", "T1000000000000000"};
        long last = submitted.session(project, names);
        String tasks = "/api/v2/projects/" + project + "/tasks/";
        processor.read(tasks + "?read_after=" + last);
        String inOrder = "A7 T0 T1 T00 T99 T012 T100 T199 T1200 T1000000000000000 TB3";
        List<String> ids = Arrays.stream(inOrder.split(" "))
                .map(name -> project + "-" + name)
                .toList();

        for (int size : new int[] {1, 2, 3, 5}) {
            assertThat(walk(tasks + "?page_size=" + size, "next")).isEqualTo(ids);
            assertThat(texts(processor.readJson(tasks + "?page_size=" + size + "&page=2")))
                    .isEqualTo(ids.subList(size, 2 * size));
        }
        assertThat(processor.readJson(tasks + "?page_size=1").get("count").intValue())
                .isEqualTo(11);
        assertThat(texts(processor.readJson(tasks + "?page_size=2&before=" + project + "-T199")))
                .containsExactly(project + "-T012", project + "-T100");
        assertThat(processor.read(tasks + "?after=" + (project + 1) + "-T1").status())
                .isEqualTo(400);
        for (String name : names) {
            assertThat(processor.readJson(tasks + name + "/").get("id").stringValue())
                    .isEqualTo(project + "-" + name);
        }
        assertThat(processor.read(tasks + "T2/").status()).isEqualTo(404);
    }

    private List<String> walk(String path, String link) {
        List<String> ids = new ArrayList<>();
        JsonNode page = processor.readJson(path);
        ids.addAll(texts(page));
        while (!page.get(link).isNull()) {
            page = processor.readJson(ProcessorUnderTest.path(page.get(link)));
            ids.addAll(texts(page));
        }
        return ids;
    }

    private static List<String> texts(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("results").forEach(item -> ids.add(item.get("id").stringValue()));
        return ids;
    }
}
