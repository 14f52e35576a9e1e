package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Reads of notes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesIT {

    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(NotesIT.class, 3));

    private final SubmittedNotes submitted = new SubmittedNotes(processor);

    @Test
    void showsAnEmbeddedNoteWithExactlyTheDocumentedFields() {
        long project = projects.incrementAndGet();
        long session = submitted.session(project, "T9", "T6");
        long id = new NoteId(session, 2).value();

        JsonNode note = processor.readJson(notes(project, "T6") + id + "/");

        assertThat(note.propertyNames())
                .containsExactly(
                        "id",
                        "analysis_session",
                        "analysis_type",
                        "behaviour",
                        "confidence",
                        "created",
                        "findings",
                        "finding_ref",
                        "status",
                        "automatic",
                        "updated",
                        "updater");
        assertThat(note.get("id").longValue()).isEqualTo(id);
        assertThat(note.get("analysis_session").longValue()).isEqualTo(session);
        assertThat(note.get("analysis_type")).hasToString("{\"slug\":\"fortify\",\"name\":\"Fortify\"}");
        assertThat(note.get("findings")).hasToString("[{\"n\":1},[]]");
        assertThat(note.get("finding_ref").isNull()).isTrue();
        assertThat(note.get("automatic").booleanValue()).isFalse();
        assertThat(note.get("updater"))
                .hasToString("{\"id\":7,\"email\":\"bob@example.com\",\"first_name\":\"Bob\",\"last_name\":\"Smith\"}");
        assertThat(note.get("created").stringValue()).endsWith("000Z");
        assertThat(processor.readJson(notes(project, project + "-T6") + id + "/"))
                .isEqualTo(note);
    }

    @Test
    void showsALoneNoteAsAManualVerificationOrAsThatOfItsSession() {
        long project = projects.incrementAndGet();
        long session = submitKeyed(project, "key");
        long alias = submitKeyed(project, "key");
        long manual = submitted.note(project, "T6", "");
        long ofSession = submitted.note(project, "T6", "\"analysis_session\":" + alias + ",");

        JsonNode note = processor.readJson(notes(project, "T6") + new NoteId(manual, 0).value() + "/");
        assertThat(note.get("analysis_session").isNull()).isTrue();
        assertThat(note.get("analysis_type").get("slug").stringValue()).isEqualTo("manual");
        assertThat(note.get("analysis_type").get("name").stringValue()).isEqualTo("Manual Verification");
        note = processor.readJson(notes(project, "T6") + new NoteId(ofSession, 0).value() + "/");
        assertThat(note.get("analysis_session").longValue()).isEqualTo(session);
        assertThat(note.get("analysis_type").get("slug").stringValue()).isEqualTo("fortify");
    }

    @Test
    void hasNoNoteWhereItIsNotThatTasksOrThatProjects() {
        long project = projects.incrementAndGet();
        long session = submitted.session(project, "T6");
        processor.awaitProgress(session);
        long id = new NoteId(session, 1).value();

        assertThat(processor.read(notes(project, "T6") + id + "/").status()).isEqualTo(200);
        List.of(
                        notes(project, "T7") + id + "/",
                        notes(project + 1_000, "T6") + id + "/",
                        notes(project, "T6") + new NoteId(session, 0).value() + "/",
                        notes(project, "T6") + new NoteId(session, 2).value() + "/",
                        notes(project, "T6") + session + "/",
                        notes(project, "T6") + Long.MAX_VALUE + "/",
                        "/api/v2/projects/" + project + "/tasks/T7/",
                        "/api/v2/projects/" + (project + 1_000) + "/tasks/T6/",
                        "/api/v2/projects/" + project + "/analysis-sessions/" + id + "/")
                .forEach(path -> {
                    assertThat(processor.read(path).status()).as(path).isEqualTo(404);
                    assertThat(new String(processor.read(path).body(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"detail\":\"Not found.\"}");
                });
    }

    @Test
    void beginsAPageOfNotesAtAnyNumber() {
        long project = projects.incrementAndGet();
        long note = submitted.note(project, "T6", "");
        String list = notes(project, "T6") + "?ordering=id&read_after=" + note;

        for (String number : List.of("1", "16384")) {
            JsonNode after = processor.readJson(list + "&after=" + number);
            assertThat(ids(after)).containsExactly(new NoteId(note, 0).value());
            assertThat(after.propertyNames()).containsExactly("results");
            assertThat(processor.readJson(list + "&before=" + number).get("results"))
                    .isEmpty();
        }
        assertThat(processor.readJson(list + "&after=" + Long.MAX_VALUE).get("results"))
                .isEmpty();
    }

    @Test
    void walksThroughEmbeddedAndLoneNotesInOneOrder() {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 4; i++) {
            long session = submitted.session(project, "T6", "T9", "T6", "T6");
            ids.add(new NoteId(session, 1).value());
            ids.add(new NoteId(session, 3).value());
            ids.add(new NoteId(session, 4).value());
            last = submitted.note(project, "T6", "");
            ids.add(new NoteId(last, 0).value());
        }
        for (int size : List.of(1, 2, 3, 5, 16, 17)) {
            String list = notes(project, "T6") + "?page_size=" + size + "&read_after=" + ids.getLast();

            assertThat(processor.walk(list, "next")).as("%d", size).isEqualTo(ids.reversed());
            assertThat(processor.walk(list + "&ordering=id", "next"))
                    .as("%d", size)
                    .isEqualTo(ids);
            assertThat(processor.readJson(list).get("count").intValue()).isEqualTo(16);
            for (int page = 1; (page - 1) * size < ids.size(); page++) {
                List<Long> wanted = ids.subList((page - 1) * size, Math.min(ids.size(), page * size));
                assertThat(ids(processor.readJson(list + "&ordering=id&page=" + page)))
                        .isEqualTo(wanted);
            }
            assertThat(processor.read(list + "&page=17").status()).isEqualTo(404);
        }
        JsonNode middle = processor.readJson(notes(project, "T6") + "?page_size=3&ordering=id&after=" + ids.get(4));
        assertThat(ids(middle)).isEqualTo(ids.subList(5, 8));
        assertThat(ids(processor.readJson(ProcessorUnderTest.path(middle.get("previous")))))
                .isEqualTo(ids.subList(2, 5));
        assertThat(processor.readJson(notes(project, "T6")).propertyNames()).containsExactly("results");
        assertThat(processor.readJson(notes(project, "T77")).get("results")).isEmpty();
    }

    @Test
    void showsOfLargeNotesAsManyAsFitAndLeadsOn() {
        long project = projects.incrementAndGet();
        String findings = "[\"" + "x".repeat(1_000_000) + "\"]";
        List<Long> ids = IntStream.range(0, 12)
                .mapToObj(i -> new NoteId(submitted.note(project, "T6", "\"x\":" + i + ",", findings), 0).value())
                .toList();
        String list = notes(project, "T6") + "?page_size=100&ordering=id&read_after=" + ids.getLast();

        JsonNode first = processor.readJson(list);

        assertThat(first.get("results").size()).isBetween(8, 11);
        assertThat(processor.walk(list, "next")).isEqualTo(ids);
    }

    private long submitKeyed(long project, @Nullable String key) {
        return processor.send(
                ProjectKey.of(project),
                "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}".getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, key, null));
    }

    private static String notes(long project, String task) {
        return "/api/v2/projects/" + project + "/tasks/" + task + "/analysis-notes/";
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.get("results").forEach(item -> ids.add(item.get("id").longValue()));
        return ids;
    }
}
